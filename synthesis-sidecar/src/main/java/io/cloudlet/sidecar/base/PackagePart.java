package io.cloudlet.sidecar.base;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/**
 * One file of a base VM as it travels in a package.
 *
 * @param what for messages: {@code image disk/disk0}, {@code device-state}
 * @param path where it lies in the base VM's folder
 * @param length bytes
 */
record PackagePart(String what, Path path, long length) {
  /** All parts, in the order of the package: the images, then the blobs that there are. */
  static List<PackagePart> of(BaseManifest manifest, BaseFiles files) {
    List<PackagePart> parts = new ArrayList<>();
    for (int i = 0; i < manifest.images().size(); i++) {
      BaseImage image = manifest.images().get(i);
      parts.add(
          new PackagePart(
              "image " + image.id(), files.image(manifest.images(), i), image.length()));
    }
    for (BlobKind kind : BlobKind.values()) {
      manifest
          .blob(kind)
          .ifPresent(
              blob -> parts.add(new PackagePart(kind.file(), files.blob(kind), blob.length())));
    }
    return parts;
  }
}
