package io.cloudlet.sidecar.base;

import io.cloudlet.sidecar.image.ChunkDigests;
import io.cloudlet.sidecar.image.Digest;
import io.cloudlet.sidecar.image.Folders;
import io.cloudlet.sidecar.image.ImageDigest;
import io.cloudlet.sidecar.image.ImageId;
import io.cloudlet.sidecar.image.MappedImage;
import io.cloudlet.sidecar.image.Partials;
import io.cloudlet.sidecar.machine.Machine;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.function.LongConsumer;

/**
 * A base VM being made: a folder of the store under a temporary name.
 *
 * <p>Add the images and the blobs, then {@link #commit}. Closing without a commit removes it all.
 * Not thread-safe.
 */
public final class BaseDraft implements AutoCloseable {
  private final BaseStore store;
  private final BaseName name;
  private final BaseFiles files;
  private final Map<ImageId, Path> images = new LinkedHashMap<>();
  private final Map<BlobKind, Blob> blobs = new LinkedHashMap<>();
  private boolean done;

  BaseDraft(BaseStore store, BaseName name, Path folder) throws IOException {
    this.store = store;
    this.name = name;
    this.files = new BaseFiles(Partials.siblingOf(folder));
    Folders.create(files.memory());
    preamble(new byte[0]);
    deviceState(new byte[0]);
  }

  /**
   * Adds an image.
   *
   * @return where the caller puts it before the commit: a raw file, holes where it has zeros; in
   *     the store's file system, so that files can be moved there
   */
  public Path addImage(ImageId id) {
    if (images.containsKey(id)) {
      throw new IllegalArgumentException("there is an image " + id + " already");
    }
    long n = images.keySet().stream().filter(other -> other.kind() == id.kind()).count();
    Path path = files.image(id.kind(), (int) n);
    images.put(id, path);
    return path;
  }

  /** Sets the first bytes of the migration stream; empty until then. */
  public void preamble(byte[] bytes) throws IOException {
    put(BlobKind.PREAMBLE, bytes);
  }

  /** Sets the migration stream behind the memory; empty until then. */
  public void deviceState(byte[] bytes) throws IOException {
    put(BlobKind.DEVICE_STATE, bytes);
  }

  /** Copies the kernel that QEMU loads. */
  public void kernel(Path file) throws IOException {
    copy(BlobKind.KERNEL, file);
  }

  /** Copies the kernel's initial RAM disk. */
  public void initrd(Path file) throws IOException {
    copy(BlobKind.INITRD, file);
  }

  /**
   * Makes a base VM of it: computes the digests, builds the index, gives it its name.
   *
   * @throws DuplicateBaseException when the store has it, or another one of its name
   * @throws IllegalArgumentException when something that the machine needs was not added
   */
  public Digest commit(Machine machine) throws IOException {
    return commit(machine, _ -> {});
  }

  /**
   * The same.
   *
   * @param progress told the bytes of images that are done, holes included; called from several
   *     threads
   */
  public Digest commit(Machine machine, LongConsumer progress) throws IOException {
    List<BaseImage> described = new ArrayList<>();
    List<ChunkDigests> chunks = new ArrayList<>();
    for (Map.Entry<ImageId, Path> image : images.entrySet()) {
      try (MappedImage mapped = MappedImage.open(image.getValue())) {
        ChunkDigests digests = ImageDigest.of(mapped, progress);
        chunks.add(digests);
        described.add(new BaseImage(image.getKey(), mapped.length(), digests.image()));
      }
    }
    byte[] manifest = ManifestJson.write(manifest(machine, described));
    Digest digest = new BaseFolder(files).complete(manifest, chunks, name);
    store.publish(files.folder(), digest, name);
    done = true;
    return digest;
  }

  private BaseManifest manifest(Machine machine, List<BaseImage> described) {
    return new BaseManifest(
        BaseManifest.VERSION,
        name,
        Instant.now().truncatedTo(ChronoUnit.SECONDS).toString(),
        machine,
        described,
        Objects.requireNonNull(blobs.get(BlobKind.PREAMBLE)),
        Objects.requireNonNull(blobs.get(BlobKind.DEVICE_STATE)),
        blobs.get(BlobKind.KERNEL),
        blobs.get(BlobKind.INITRD));
  }

  private void put(BlobKind kind, byte[] bytes) throws IOException {
    Files.write(files.blob(kind), bytes);
    blobs.put(kind, Blob.of(bytes));
  }

  private void copy(BlobKind kind, Path file) throws IOException {
    Files.copy(file, files.blob(kind));
    blobs.put(kind, BlobFile.describe(files.blob(kind)));
  }

  /** Removes the folder unless it was committed. */
  @Override
  public void close() throws IOException {
    if (!done) {
      done = true;
      Partials.deleteTree(files.folder());
    }
  }
}
