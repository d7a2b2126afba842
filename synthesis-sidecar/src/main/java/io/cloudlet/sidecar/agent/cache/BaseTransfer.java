package io.cloudlet.sidecar.agent.cache;

import io.cloudlet.sidecar.agent.cache.TransferFailedException.Attempt;
import io.cloudlet.sidecar.base.BaseEntry;
import io.cloudlet.sidecar.base.BaseStore;
import io.cloudlet.sidecar.base.PackageHead;
import io.cloudlet.sidecar.image.CorruptException;
import io.cloudlet.sidecar.image.Digest;
import io.cloudlet.sidecar.image.UnwritableException;
import io.cloudlet.sidecar.node.DataDirectory;
import io.cloudlet.sidecar.node.FetchProgress;
import io.cloudlet.sidecar.node.Progress;
import io.cloudlet.sidecar.store.FetchBusyException;
import io.cloudlet.sidecar.store.FetchListener;
import io.cloudlet.sidecar.store.HttpAccess;
import io.cloudlet.sidecar.store.HttpDownload;
import io.cloudlet.sidecar.store.HttpHead;
import io.cloudlet.sidecar.store.HttpPolicy;
import java.io.IOException;
import java.io.InterruptedIOException;
import java.net.URI;
import java.nio.file.Files;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * Brings base VMs to this machine by their packages. What has come stays when a transfer fails or
 * its process dies: the next one fetches the rest, from another source too when that has the same
 * file. Thread-safe.
 */
public final class BaseTransfer {
  /** Enough for the manifest of any VM that one sees. */
  private static final int HEAD = 64 << 10;

  private final DataDirectory data;
  private final HttpAccess access;
  private final HttpPolicy policy;
  private final CacheLimit limit;
  private final BaseImport imports;

  /** Into a data directory. */
  public BaseTransfer(
      DataDirectory data,
      HttpAccess access,
      HttpPolicy policy,
      Packages packages,
      CacheLimit limit) {
    this.data = data;
    this.access = access;
    this.policy = policy;
    this.limit = limit;
    this.imports = new BaseImport(data, packages);
  }

  /**
   * Does it; does nothing when the base VM is here. Ends early when the thread is interrupted.
   *
   * @param progress hears of bytes that arrive, then of those that are placed
   * @throws NoRoomException when it does not fit; before any of it is fetched
   * @throws TransferFailedException when no source gives it
   * @throws FetchBusyException when it is being fetched already
   */
  public BaseEntry run(TransferRequest request, Progress progress) throws IOException {
    Optional<BaseEntry> here = find(request.base());
    if (here.isPresent()) {
      // Left by a process that died; whether it is what the base VM was made of, nobody knows.
      Files.deleteIfExists(FetchPlace.of(data, request.base()).complete());
      return here.get();
    }
    try (Holds.Hold _ = limit.hold(request.base())) {
      if (!imports.fromHere(request, progress)) {
        fromSources(request, progress);
      }
    }
    Set<Digest> staying = new HashSet<>(request.wanted());
    staying.add(request.base());
    limit.evict(staying);
    return find(request.base())
        .orElseThrow(() -> new TransferFailedException(request.base(), List.of()));
  }

  private void fromSources(TransferRequest request, Progress progress) throws IOException {
    List<Attempt> failures = new ArrayList<>();
    for (URI source : request.sources()) {
      Optional<Attempt> failure = attempt(source, request, progress);
      if (failure.isEmpty()) {
        return;
      }
      failures.add(failure.get());
    }
    throw new TransferFailedException(request.base(), failures);
  }

  /** Tries a source; what is not the source's fault is thrown. */
  private Optional<Attempt> attempt(URI source, TransferRequest request, Progress progress)
      throws IOException {
    try {
      if (!bring(source, request, progress)) {
        // What other sources sent before may be what was wrong.
        bring(source, request, progress);
      }
      return Optional.empty();
    } catch (InterruptedIOException
        | NoRoomException
        | UnwritableException
        | FetchBusyException e) {
      throw e;
    } catch (IOException e) {
      if (Thread.currentThread().isInterrupted()) {
        throw e;
      }
      return Optional.of(new Attempt(label(source), e));
    }
  }

  /** Whether it is here now; false when it is worth to try the same source once more. */
  private boolean bring(URI source, TransferRequest request, Progress progress) throws IOException {
    FetchPlace place = FetchPlace.of(data, request.base());
    boolean resumed = place.bytes() > 0;
    try (FetchProgress shown = FetchProgress.ofAll(progress)) {
      requireRoom(source, request, place.bytes(), shown);
      new HttpDownload(policy, access, shown).fetch(source, place.complete(), place.begun());
    }
    try {
      requireBase(PackageHead.of(place.complete()), request.base(), label(source));
      imports.from(place.complete(), request, progress);
      return true;
    } catch (WrongBaseException e) {
      Files.deleteIfExists(place.complete());
      throw e;
    } catch (CorruptException e) {
      Files.deleteIfExists(place.complete());
      if (resumed) {
        return false;
      }
      throw e;
    }
  }

  /** Looks at the manifest before anything else is fetched. */
  private void requireRoom(URI source, TransferRequest request, long begun, FetchListener listener)
      throws IOException {
    Optional<HttpHead> head = HttpHead.fetch(source, HEAD, policy, access, listener);
    if (head.isEmpty()) {
      return; // The server sends whole files only; the download looks at the disk's room.
    }
    PackageHead manifest = manifest(source, head.get(), listener);
    requireBase(manifest, request.base(), label(source));
    long stored =
        request.storedBytes() > 0
            ? request.storedBytes()
            : ImportSize.guess(manifest.manifest(), head.get().length());
    limit.require(
        "base VM " + request.base(), head.get().length() - begun + stored, request.wanted());
  }

  private PackageHead manifest(URI source, HttpHead head, FetchListener listener)
      throws IOException {
    try {
      return PackageHead.of(head.bytes(), label(source));
    } catch (CorruptException e) {
      if (head.length() <= HEAD) {
        throw e;
      }
      int all = PackageHead.MAX_BYTES;
      byte[] more =
          HttpHead.fetch(source, all, policy, access, listener).orElseThrow(() -> e).bytes();
      return PackageHead.of(more, label(source));
    }
  }

  private static void requireBase(PackageHead head, Digest wanted, String source)
      throws WrongBaseException {
    if (!head.base().equals(wanted)) {
      throw new WrongBaseException(source, wanted, head.base());
    }
  }

  private static String label(URI source) throws IOException {
    return HttpDownload.label(source);
  }

  private Optional<BaseEntry> find(Digest base) throws IOException {
    return BaseStore.at(data.bases()).find(base);
  }
}
