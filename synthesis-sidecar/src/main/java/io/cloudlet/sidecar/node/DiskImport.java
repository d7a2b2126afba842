package io.cloudlet.sidecar.node;

import io.cloudlet.sidecar.image.CloudletException;
import io.cloudlet.sidecar.image.ImageCopy;
import java.io.File;
import java.io.IOException;
import java.io.InputStream;
import java.io.InterruptedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;

/** Makes a raw, sparse disk image of a person's disk, raw or qcow2. */
final class DiskImport {
  private static final byte[] QCOW2 = {'Q', 'F', 'I', (byte) 0xfb};
  private static final int SECTOR = 512;

  private DiskImport() {}

  /**
   * Copies a disk.
   *
   * @param target does not exist yet
   */
  static void copy(Path disk, Path target) throws IOException {
    if (!Files.isRegularFile(disk)) {
      throw new NotFoundException("there is no disk image " + disk + "; check the path");
    }
    if (isQcow2(disk)) {
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

  private static boolean isQcow2(Path disk) throws IOException {
    try (InputStream in = Files.newInputStream(disk)) {
      return Arrays.equals(in.readNBytes(QCOW2.length), QCOW2);
    }
  }

  private static void convert(Path disk, Path target) throws IOException {
    List<String> command =
        List.of(
            "qemu-img",
            "convert",
            "-f",
            "qcow2",
            "-O",
            "raw",
            disk.toAbsolutePath().toString(),
            target.toAbsolutePath().toString());
    Process process = start(command);
    try {
      // It prints nothing but a short error, which fits into the pipe.
      int code = process.waitFor();
      if (code != 0) {
        byte[] said = process.getInputStream().readAllBytes();
        throw new CloudletException(
            disk
                + " cannot be converted: "
                + new String(said, StandardCharsets.UTF_8).strip()
                + "; try 'qemu-img check'");
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new InterruptedIOException("interrupted while converting " + disk);
    } finally {
      process.destroyForcibly();
    }
  }

  private static Process start(List<String> command) throws IOException {
    try {
      return new ProcessBuilder(command)
          .redirectErrorStream(true)
          .redirectInput(new File("/dev/null"))
          .start();
    } catch (IOException e) {
      throw new CloudletException(
          "qemu-img cannot be run (" + e.getMessage() + "); apt-get install qemu-utils", e);
    }
  }
}
