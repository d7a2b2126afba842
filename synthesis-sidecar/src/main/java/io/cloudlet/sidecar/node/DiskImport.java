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
      throw new NoDiskException(
          disk.toString(), "has " + size + " bytes, which is no raw disk of whole sectors");
    }
    ImageCopy.copy(disk, target);
  }

  private static void convert(Path disk, Path target) throws IOException {
    String file = disk.toAbsolutePath().toString();
    try {
      QemuImg.run(
          disk + " cannot be converted",
          "convert",
          "-f",
          "qcow2",
          "-O",
          "raw",
          file,
          target.toAbsolutePath().toString());
    } catch (CloudletException e) {
      String unread = "Could not open '" + file + "': ";
      String said = String.valueOf(e.getMessage());
      int place = said.indexOf(unread);
      if (place < 0) {
        throw e;
      }
      throw new NoDiskException(
          disk.toString(),
          "is no qcow2 image that QEMU can read ("
              + said.substring(place + unread.length()).replaceFirst(";.*", "")
              + ")");
    }
  }
}
