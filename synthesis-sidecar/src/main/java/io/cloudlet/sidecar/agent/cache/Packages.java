package io.cloudlet.sidecar.agent.cache;

import io.cloudlet.sidecar.agent.http.Content;
import io.cloudlet.sidecar.agent.http.Contents;
import io.cloudlet.sidecar.agent.http.NotReadyException;
import io.cloudlet.sidecar.base.BaseEntry;
import io.cloudlet.sidecar.base.BaseStore;
import io.cloudlet.sidecar.base.PackageHead;
import io.cloudlet.sidecar.image.CloudletException;
import io.cloudlet.sidecar.image.CorruptException;
import io.cloudlet.sidecar.image.Digest;
import io.cloudlet.sidecar.image.Folders;
import io.cloudlet.sidecar.node.BaseUse;
import io.cloudlet.sidecar.node.DataDirectory;
import java.io.IOException;
import java.io.InterruptedIOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.attribute.FileTime;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.FutureTask;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

/**
 * Packages of base VMs, {@code packages/HEX.base}: kept from where they came, or made when somebody
 * asks for the first time. Each is made once however many ask, and goes on when they stop waiting.
 * Thread-safe.
 */
public final class Packages implements Contents {
  static final String ENDING = ".base";

  private static final Duration PATIENCE = Duration.ofSeconds(10);

  /** Somebody who fetches by ranges asks again within this time. */
  private static final Duration FETCHING = Duration.ofMinutes(2);

  private static final Duration PAUSE = Duration.ofSeconds(5);

  private final DataDirectory data;
  private final Map<Digest, FutureTask<Path>> making = new ConcurrentHashMap<>();
  private final Map<Digest, Instant> served = new ConcurrentHashMap<>();

  /** In a data directory. */
  public Packages(DataDirectory data) {
    this.data = data;
  }

  /** Where the package of a base VM lies, or would lie. */
  public Path file(Digest base) {
    return data.packages().resolve(base.hex() + ENDING);
  }

  /** Bytes of the package of a base VM; empty when there is none now. */
  public OptionalLong bytes(Digest base) throws IOException {
    try {
      return OptionalLong.of(Files.size(file(base)));
    } catch (NoSuchFileException e) {
      return OptionalLong.empty();
    }
  }

  /**
   * The package of a base VM that is here; waits until it has been made, however long that takes.
   *
   * @throws CloudletException when the base VM is not here
   * @throws InterruptedIOException when the thread is interrupted; the package is made nevertheless
   */
  public Path make(Digest base) throws IOException {
    try {
      return task(base).get();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new InterruptedIOException("interrupted while package " + base + " was made");
    } catch (ExecutionException e) {
      throw failure(e);
    }
  }

  @Override
  public Optional<Content> find(Digest base) throws IOException {
    Optional<Content> there = there(base);
    boolean makeable = there.isEmpty() && BaseStore.at(data.bases()).find(base).isPresent();
    if (there.isPresent() || makeable) {
      served.put(base, Instant.now());
    }
    if (!makeable) {
      return there;
    }
    try {
      task(base).get(PATIENCE.toMillis(), TimeUnit.MILLISECONDS);
      return there(base);
    } catch (TimeoutException e) {
      throw new NotReadyException("package " + base, PAUSE);
    } catch (ExecutionException e) {
      throw failure(e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new InterruptedIOException("interrupted while package " + base + " was made");
    }
  }

  /** The file counts as used now. One that is no package is removed, to be made anew. */
  private Optional<Content> there(Digest base) throws IOException {
    Path file = file(base);
    try {
      Digest root = PackageHead.rootOf(file);
      Files.setLastModifiedTime(file, FileTime.from(Instant.now()));
      return Optional.of(new Content(file, root));
    } catch (NoSuchFileException e) {
      return Optional.empty();
    } catch (CorruptException e) {
      Files.deleteIfExists(file);
      return Optional.empty();
    }
  }

  /**
   * Keeps a package that was fetched, and from which the base VM has been imported.
   *
   * @param fetched on the file system of the data directory; it is moved
   */
  void adopt(Digest base, Path fetched) throws IOException {
    Files.move(fetched, file(base), StandardCopyOption.ATOMIC_MOVE);
    Folders.force(data.packages());
  }

  /**
   * Removes the package of a base VM, whoever fetches it; who reads it goes on to its end.
   *
   * @return false while it is being made
   */
  boolean remove(Digest base) throws IOException {
    if (making.containsKey(base)) {
      return false;
    }
    Files.deleteIfExists(file(base));
    served.remove(base);
    return true;
  }

  /** Whether it is being made, or somebody fetches it who will come for the rest. */
  boolean isBusy(Digest base, Instant now) {
    served.values().removeIf(last -> last.isBefore(now.minus(FETCHING)));
    return making.containsKey(base) || served.containsKey(base);
  }

  private FutureTask<Path> task(Digest base) {
    FutureTask<Path> fresh = new FutureTask<>(() -> export(base));
    FutureTask<Path> known = making.putIfAbsent(base, fresh);
    if (known != null) {
      return known;
    }
    // A platform thread, as compressing takes the processor for long.
    Thread.ofPlatform()
        .daemon()
        .name("package " + base.shortHex())
        .start(() -> {
          fresh.run();
          making.remove(base, fresh);
        });
    return fresh;
  }

  private Path export(Digest base) throws IOException {
    if (there(base).isEmpty()) {
      BaseStore store = BaseStore.at(data.bases());
      BaseEntry entry =
          store
              .find(base)
              .orElseThrow(() ->
                  new CloudletException("base VM " + base + " is not on this machine any more"));
      BaseUse.note(data, base);
      store.exportTo(entry, file(base), _ -> {});
    }
    return file(base);
  }

  private static IOException failure(ExecutionException e) {
    return e.getCause() instanceof IOException known ? known : new IOException(e.getCause());
  }
}
