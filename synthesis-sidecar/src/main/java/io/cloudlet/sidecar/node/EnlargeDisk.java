package io.cloudlet.sidecar.node;

import io.cloudlet.sidecar.image.CloudletException;
import java.io.IOException;
import java.io.RandomAccessFile;
import java.nio.file.Path;

/** Gives the image of a disk more room behind its end; file systems in it grow by other means. */
public final class EnlargeDisk {
  private EnlargeDisk() {}

  /**
   * Does it in place.
   *
   * @param disk raw or qcow2, in nobody's use
   * @param bytes of the disk then, whole sectors
   * @throws CloudletException when it is larger already
   */
  public static void to(Path disk, long bytes) throws IOException {
    if (Qcow2.is(disk)) {
      QemuImg.run(
          disk + " cannot be enlarged to " + bytes + " bytes",
          "resize",
          "-f",
          "qcow2",
          disk.toAbsolutePath().toString(),
          Long.toString(bytes));
      return;
    }
    try (RandomAccessFile file = new RandomAccessFile(disk.toFile(), "rw")) {
      if (file.length() > bytes) {
        throw new CloudletException(
            "the disk has " + file.length() + " bytes already; ask for a larger one than that");
      }
      file.setLength(bytes);
    }
  }
}
