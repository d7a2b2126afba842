package io.cloudlet.sidecar.base;

import io.cloudlet.sidecar.image.ImageKind;
import java.nio.file.Path;
import java.util.List;

/**
 * Where the parts of a base VM lie in its folder. Files are named by position, never after what a
 * manifest says.
 *
 * @param folder the base VM's folder
 */
record BaseFiles(Path folder) {
  /** The manifest, byte by byte as the base VM's digest demands. */
  Path manifest() {
    return folder.resolve("base.json");
  }

  /** What the base VM is called on this machine; not part of its digest. */
  Path name() {
    return folder.resolve("name");
  }

  /** The chunk digests of all images. */
  Path chunks() {
    return folder.resolve("chunks");
  }

  Path index() {
    return folder.resolve("index");
  }

  Path memory() {
    return folder.resolve("memory");
  }

  Path blob(BlobKind kind) {
    return folder.resolve(kind.file());
  }

  /** The n-th image of its kind: {@code disk0.raw}, {@code memory/00.ram}. */
  Path image(ImageKind kind, int n) {
    return switch (kind) {
      case DISK -> folder.resolve("disk" + n + ".raw");
      case MEMORY -> memory().resolve(String.format("%02d.ram", n));
    };
  }

  Path image(List<BaseImage> images, int ordinal) {
    ImageKind kind = images.get(ordinal).id().kind();
    long n = images.stream().limit(ordinal).filter(image -> image.id().kind() == kind).count();
    return image(kind, (int) n);
  }
}
