package io.cloudlet.sidecar.base;

import io.cloudlet.sidecar.image.AtomicFile;
import io.cloudlet.sidecar.image.Digest;
import io.cloudlet.sidecar.image.Durability;
import io.cloudlet.sidecar.image.Folders;
import io.cloudlet.sidecar.image.Partials;
import io.cloudlet.sidecar.image.UnwritableException;
import java.io.BufferedInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.channels.Channels;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.List;
import java.util.Optional;
import java.util.function.LongConsumer;
import org.jspecify.annotations.Nullable;

/**
 * The base VMs of this machine: a folder each, named by digest, complete or not there at all, and
 * never changed. Thread-safe, and safe against other processes that use the same store.
 */
public final class BaseStore {
  private final Path root;
  private final BaseCatalog catalog;

  private BaseStore(Path root) {
    this.root = root;
    this.catalog = new BaseCatalog(root);
  }

  /** Opens the store in a folder; makes the folder when it is missing. */
  public static BaseStore at(Path root) throws IOException {
    return new BaseStore(Folders.create(root.toAbsolutePath()));
  }

  /** Where the store lies. */
  public Path root() {
    return root;
  }

  /** All base VMs, by name. */
  public List<BaseEntry> list() throws IOException {
    return catalog.list();
  }

  /** The base VM with this digest. */
  public Optional<BaseEntry> find(Digest digest) {
    return catalog.find(digest);
  }

  /**
   * The base VM that someone means: by name, digest, or the first four or more digits of its digest
   * when no other begins like it.
   *
   * @throws NoSuchBaseException when none is meant, or several are
   */
  public BaseEntry find(String text) throws IOException {
    return catalog.find(text);
  }

  /** Opens a base VM; the caller closes it. */
  public BaseVm open(BaseEntry entry) throws IOException {
    return BaseVm.open(entry.files(), entry.digest());
  }

  /**
   * Opens the base VM with this digest; the caller closes it.
   *
   * @throws NoSuchBaseException when it is not here
   */
  public BaseVm open(Digest digest) throws IOException {
    return open(
        find(digest)
            .orElseThrow(() ->
                new NoSuchBaseException(
                    "base VM "
                        + digest
                        + " is not on this machine; get it with `cloudlet base import`")));
  }

  /**
   * Begins a new base VM.
   *
   * @throws DuplicateBaseException when the name is taken
   */
  public BaseDraft draft(BaseName name) throws IOException {
    catalog.refuseName(name);
    return new BaseDraft(this, name, root.resolve(name.text()));
  }

  /**
   * Recomputes every digest of a base VM.
   *
   * @param progress told the bytes that have been read; called from several threads
   * @throws io.cloudlet.sidecar.image.CorruptException naming the first file that differs, and
   *     where
   */
  public void verify(BaseEntry entry, LongConsumer progress) throws IOException {
    try (BaseVm base = open(entry)) {
      new BaseVerification(base, entry.files(), progress).run();
    }
  }

  /**
   * Removes a base VM that nothing uses. Who adds users has to be kept from doing so meanwhile.
   *
   * @throws BaseInUseException when something does
   */
  public void remove(BaseEntry entry, BaseUsers users) throws IOException {
    List<String> names = users.of(entry.digest());
    if (!names.isEmpty()) {
      throw new BaseInUseException(entry.name(), names);
    }
    Path doomed = Partials.siblingOf(entry.folder());
    Files.move(entry.folder(), doomed, StandardCopyOption.ATOMIC_MOVE);
    Folders.force(root);
    Partials.deleteTree(doomed);
  }

  /**
   * Writes a base VM to one portable file, in place of a file of that name.
   *
   * @param progress told the bytes of content that were written
   */
  public void exportTo(BaseEntry entry, Path target, LongConsumer progress) throws IOException {
    try (AtomicFile file = AtomicFile.create(target, Durability.DURABLE)) {
      exportTo(entry, Channels.newOutputStream(file.channel()), progress);
      file.commit();
    } catch (IOException e) {
      throw UnwritableException.of(target, e);
    }
  }

  /** The same to a stream, which is not closed. */
  public void exportTo(BaseEntry entry, OutputStream out, LongConsumer progress)
      throws IOException {
    BaseManifest manifest = entry.manifest();
    byte[] manifestBytes = Files.readAllBytes(entry.files().manifest());
    new PackageWriter(out, progress).write(manifestBytes, manifest, entry.files());
  }

  /**
   * Reads a file that {@link #exportTo} wrote.
   *
   * @param name what to call it here, or null for the name that it brings
   * @throws DuplicateBaseException when it is here already, or its name is taken; nothing more than
   *     the manifest has been read then
   */
  public Digest importFrom(Path file, @Nullable BaseName name, LongConsumer progress)
      throws IOException {
    try (InputStream in = new BufferedInputStream(Files.newInputStream(file), 1 << 16)) {
      return importFrom(in, file.toString(), name, progress);
    }
  }

  /**
   * The same from a stream of any length, which is not closed. All of it is verified before the
   * base VM appears; when anything fails, nothing stays.
   *
   * @param source what the stream is, for messages
   * @param progress told the bytes of content that were placed
   */
  public Digest importFrom(
      InputStream in, String source, @Nullable BaseName name, LongConsumer progress)
      throws IOException {
    PackageReader reader = new PackageReader(in, source);
    byte[] manifestBytes = reader.readManifest();
    Digest digest = Digest.sha256(manifestBytes);
    catalog.refuseDigest(digest);
    BaseManifest manifest = ManifestJson.read(manifestBytes, source, PackageFormat.HEADER);
    BaseName called = name == null ? manifest.name() : name;
    catalog.refuseName(called);
    Path folder = Partials.siblingOf(catalog.folder(digest));
    try {
      new PackageImport(reader, new BaseFiles(folder), progress)
          .run(manifestBytes, manifest, called);
      publish(folder, digest, called);
    } catch (IOException | RuntimeException | Error e) {
      Partials.deleteTree(folder);
      throw e;
    }
    return digest;
  }

  /** Removes what dead processes left half done; gives back what that was. */
  public List<Path> clean() throws IOException {
    return Partials.clean(root);
  }

  /** Gives a complete and flushed folder its final name. */
  void publish(Path complete, Digest digest, BaseName name) throws IOException {
    try (StoreLock _ = StoreLock.acquire(root)) {
      catalog.refuseDigest(digest);
      catalog.refuseName(name);
      Files.move(complete, catalog.folder(digest), StandardCopyOption.ATOMIC_MOVE);
    }
    Folders.force(root);
  }
}
