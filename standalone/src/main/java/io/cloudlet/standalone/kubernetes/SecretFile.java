package io.cloudlet.standalone.kubernetes;

import io.cloudlet.sidecar.image.AtomicFile;
import io.cloudlet.sidecar.image.Durability;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;

/**
 * A small file that only its owner may read, replaced as a whole.
 *
 * @param path where it is
 */
public record SecretFile(Path path) {
  /** Returns when the text is on the disk. */
  public void write(String text) throws IOException {
    try (AtomicFile file = AtomicFile.create(path, Durability.DURABLE)) {
      ByteBuffer bytes = StandardCharsets.UTF_8.encode(text);
      while (bytes.hasRemaining()) {
        file.channel().write(bytes);
      }
      file.commit();
    }
  }
}
