package io.cloudlet.sidecar.base;

import io.cloudlet.sidecar.image.CorruptException;
import io.cloudlet.sidecar.image.Digest;
import io.cloudlet.sidecar.image.ImageId;
import io.cloudlet.sidecar.image.MappedImage;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * An opened base VM: its manifest, and its images mapped.
 *
 * <p>Opening checks the manifest against the digest, and that every image has its length; whether
 * the images' content is right is what {@link BaseStore#verify} tells. Thread-safe. The opener
 * closes it; removing the base VM meanwhile leaves what is mapped readable.
 */
public final class BaseVm implements AutoCloseable {
  private final Digest digest;
  private final BaseManifest manifest;
  private final BaseFiles files;
  private final List<MappedImage> images;
  private @Nullable PageIndex index;

  private BaseVm(Digest digest, BaseManifest manifest, BaseFiles files, List<MappedImage> images) {
    this.digest = digest;
    this.manifest = manifest;
    this.files = files;
    this.images = List.copyOf(images);
  }

  static BaseVm open(BaseFiles files, Digest digest) throws IOException {
    BaseManifest manifest = readManifest(files, digest);
    return new BaseVm(digest, manifest, files, openImages(files, manifest));
  }

  static BaseManifest readManifest(BaseFiles files, Digest digest) throws IOException {
    String source = files.manifest().toString();
    long size = Files.size(files.manifest());
    if (size > ManifestJson.MAX_BYTES) {
      throw new CorruptException(source, 0, "a manifest has no " + size + " bytes");
    }
    byte[] bytes = Files.readAllBytes(files.manifest());
    if (!Digest.sha256(bytes).equals(digest)) {
      throw new CorruptException(source, 0, "its digest is not that of its folder");
    }
    return ManifestJson.read(bytes, source, 0);
  }

  static List<MappedImage> openImages(BaseFiles files, BaseManifest manifest) throws IOException {
    List<MappedImage> images = new ArrayList<>();
    try {
      for (int i = 0; i < manifest.images().size(); i++) {
        Path path = files.image(manifest.images(), i);
        images.add(MappedImage.open(path, manifest.images().get(i).length()));
      }
      return images;
    } catch (IOException | RuntimeException e) {
      images.forEach(MappedImage::close);
      throw e;
    }
  }

  /** SHA-256 of the manifest: the base VM's name everywhere. */
  public Digest digest() {
    return digest;
  }

  /** What it is made of. */
  public BaseManifest manifest() {
    return manifest;
  }

  /** The image at a position of the manifest. Closed with this. */
  public MappedImage image(int ordinal) {
    return images.get(ordinal);
  }

  /**
   * The image of that name. Closed with this.
   *
   * @throws IllegalArgumentException when there is none
   */
  public MappedImage image(ImageId id) {
    return images.get(manifest.ordinal(id));
  }

  /** The file of an image: read-only, raw, for QEMU to map or to stand a disk on. */
  public Path path(ImageId id) {
    return image(id).path();
  }

  /** The index of its pages; made again when it is missing or damaged, which takes a while. */
  public synchronized PageIndex index() throws IOException {
    if (index == null) {
      index = openIndex();
    }
    return index;
  }

  private PageIndex openIndex() throws IOException {
    try {
      return PageIndexFile.open(files.index(), digest, images);
    } catch (CorruptException | NoSuchFileException e) {
      PageIndexBuilder.build(files.index(), digest, images);
      return PageIndexFile.open(files.index(), digest, images);
    }
  }

  /** The first bytes of its migration stream, verified. */
  public byte[] preamble() throws IOException {
    return BlobFile.read(files.blob(BlobKind.PREAMBLE), manifest.preamble());
  }

  /** The migration stream behind the memory, verified. */
  public byte[] deviceState() throws IOException {
    return BlobFile.read(files.blob(BlobKind.DEVICE_STATE), manifest.deviceState());
  }

  /** The file of the kernel that QEMU loads, when there is one. */
  public Optional<Path> kernel() {
    return Optional.ofNullable(manifest.kernel()).map(_ -> files.blob(BlobKind.KERNEL));
  }

  /** The file of its initial RAM disk, when there is one. */
  public Optional<Path> initrd() {
    return Optional.ofNullable(manifest.initrd()).map(_ -> files.blob(BlobKind.INITRD));
  }

  @Override
  public synchronized void close() {
    if (index != null) {
      index.close();
    }
    images.forEach(MappedImage::close);
  }
}
