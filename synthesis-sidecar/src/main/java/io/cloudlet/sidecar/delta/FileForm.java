package io.cloudlet.sidecar.delta;

import io.cloudlet.sidecar.image.CloudletException;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;

/** What a file is, by its first bytes. */
public enum FileForm {
  /** A qcow2 image. */
  QCOW2,
  /** A migration stream of QEMU. */
  STREAM,
  /** Anything else: bytes at their addresses. */
  RAW;

  /**
   * Looks at a file.
   *
   * @throws CloudletException when there is no such file
   */
  public static FileForm of(Path file) throws IOException {
    if (!Files.isRegularFile(file)) {
      throw new CloudletException("there is no file " + file + "; check the path");
    }
    try (InputStream in = Files.newInputStream(file)) {
      String magic = new String(in.readNBytes(4), StandardCharsets.ISO_8859_1);
      return switch (magic) {
        case "QFI\u00fb" -> QCOW2;
        case "QEVM" -> STREAM;
        default -> RAW;
      };
    } catch (NoSuchFileException e) {
      throw new CloudletException("there is no file " + file + "; check the path", e);
    }
  }
}
