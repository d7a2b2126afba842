package io.cloudlet.sidecar.node;

import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;

/** Tells qcow2 files by how they begin. */
final class Qcow2 {
  private static final byte[] MAGIC = {'Q', 'F', 'I', (byte) 0xfb};

  private Qcow2() {}

  static boolean is(Path file) throws IOException {
    try (InputStream in = Files.newInputStream(file)) {
      return Arrays.equals(in.readNBytes(MAGIC.length), MAGIC);
    }
  }
}
