package io.cloudlet.sidecar.node;

import io.cloudlet.sidecar.image.CloudletException;
import io.cloudlet.sidecar.image.ImageCopy;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

/** Makes a raw, sparse disk image of a person's disk, raw or qcow2. */
final class DiskImport {
  private static final int SECTOR = 512;

  private DiskImport() {}

  /**
   * Copies a disk.
   *
   * @param disk a file
   * @param target does not exist yet
   */
  static void copy(Path disk, Path target) throws IOException {
    if (Qcow2.is(disk)) {
      convert(disk, target);
      return;
    }
    long size = Files.size(disk);
    if (size == 0 || size % SECTOR != 0) {
      throw new CloudletException(
          disk
              + " has "
              + size
              + " bytes, which is no raw disk of whole sectors; give a raw or qcow2 image");
    }
    ImageCopy.copy(disk, target);
  }

  private static void convert(Path disk, Path target) throws IOException {
    QemuImg.run(
        disk + " cannot be converted",
        "convert",
        "-f",
        "qcow2",
        "-O",
        "raw",
        disk.toAbsolutePath().toString(),
        target.toAbsolutePath().toString());
  }
}
