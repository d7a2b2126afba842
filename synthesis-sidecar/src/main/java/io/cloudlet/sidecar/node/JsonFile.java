package io.cloudlet.sidecar.node;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.SerializationFeature;
import com.fasterxml.jackson.databind.json.JsonMapper;
import io.cloudlet.sidecar.image.AtomicFile;
import io.cloudlet.sidecar.image.CorruptException;
import io.cloudlet.sidecar.image.Durability;
import io.cloudlet.sidecar.image.UnwritableException;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.Path;

/** One record in a file of JSON, replaced as a whole. Thread-safe. */
final class JsonFile<T> {
  // Fields of a later version are none of our business as long as ours are there.
  private static final JsonMapper MAPPER =
      JsonMapper.builder()
          .disable(DeserializationFeature.FAIL_ON_UNKNOWN_PROPERTIES)
          .enable(SerializationFeature.INDENT_OUTPUT)
          .build();

  private final Path path;
  private final Class<T> type;

  JsonFile(Path path, Class<T> type) {
    this.path = path;
    this.type = type;
  }

  /**
   * Reads the file.
   *
   * @throws java.nio.file.NoSuchFileException when there is none
   * @throws CorruptException naming file, offset and field
   */
  T read() throws IOException {
    byte[] bytes = Files.readAllBytes(path);
    try {
      return MAPPER.readValue(bytes, type);
    } catch (JsonProcessingException e) {
      long offset = e.getLocation() == null ? 0 : Math.max(0, e.getLocation().getByteOffset());
      throw new CorruptException(path.toString(), offset, e.getOriginalMessage());
    }
  }

  /** Replaces the file; on the disk when this returns. */
  void write(T value) throws IOException {
    try (AtomicFile file = AtomicFile.create(path, Durability.DURABLE)) {
      ByteBuffer bytes = ByteBuffer.wrap(MAPPER.writeValueAsBytes(value));
      while (bytes.hasRemaining()) {
        file.channel().write(bytes);
      }
      file.commit();
    } catch (IOException e) {
      throw UnwritableException.of(path, e);
    }
  }
}
