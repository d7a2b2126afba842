package io.cloudlet.sidecar.base;

import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonMappingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.SerializationFeature;
import com.fasterxml.jackson.databind.json.JsonMapper;
import io.cloudlet.sidecar.image.CorruptException;
import io.cloudlet.sidecar.image.TooNewException;
import java.io.IOException;
import java.util.stream.Collectors;

/**
 * A manifest as bytes. A base VM is named by these bytes, so they are kept and never made again.
 */
final class ManifestJson {
  /** Far more than 254 images take. */
  static final int MAX_BYTES = 1 << 20;

  private static final JsonMapper JSON =
      JsonMapper.builder()
          .enable(SerializationFeature.INDENT_OUTPUT)
          .enable(JsonParser.Feature.STRICT_DUPLICATE_DETECTION)
          .enable(DeserializationFeature.FAIL_ON_TRAILING_TOKENS)
          .enable(DeserializationFeature.FAIL_ON_NULL_FOR_PRIMITIVES)
          .enable(DeserializationFeature.FAIL_ON_UNKNOWN_PROPERTIES)
          .build();

  private ManifestJson() {}

  static byte[] write(BaseManifest manifest) throws IOException {
    return JSON.writeValueAsBytes(manifest);
  }

  /**
   * Reads a manifest that nobody has vouched for.
   *
   * @param source file or stream that it comes from
   * @param offset where in it the bytes begin
   */
  static BaseManifest read(byte[] bytes, String source, long offset) throws IOException {
    try {
      JsonNode tree = JSON.readTree(bytes);
      JsonNode version = tree.path("formatVersion");
      if (version.isIntegralNumber() && version.asLong() > BaseManifest.VERSION) {
        throw new TooNewException(source, version.asLong(), BaseManifest.VERSION);
      }
      return JSON.treeToValue(tree, BaseManifest.class);
    } catch (JsonMappingException e) {
      throw corrupt(source, offset, pathOf(e) + reasonOf(e), e);
    } catch (JsonProcessingException e) {
      long at = e.getLocation() == null ? 0 : Math.max(0, e.getLocation().getByteOffset());
      throw corrupt(source, offset + at, e.getOriginalMessage(), e);
    }
  }

  private static CorruptException corrupt(
      String source, long offset, String reason, JsonProcessingException e) {
    CorruptException corrupt =
        new CorruptException(source, offset, "the manifest cannot be read: " + reason);
    corrupt.initCause(e);
    return corrupt;
  }

  /** {@code machine.cpus: }, or nothing where the whole manifest is meant. */
  private static String pathOf(JsonMappingException e) {
    String path =
        e.getPath().stream()
            .map(at -> at.getFieldName() == null ? "" + at.getIndex() : at.getFieldName())
            .collect(Collectors.joining("."));
    return path.isEmpty() ? "" : path + ": ";
  }

  /** What the record that refused it said, where one did; else what Jackson says. */
  private static String reasonOf(JsonMappingException e) {
    Throwable cause = e;
    while (cause.getCause() != null && cause instanceof JsonProcessingException) {
      cause = cause.getCause();
    }
    return cause instanceof JsonProcessingException json
        ? json.getOriginalMessage()
        : String.valueOf(cause.getMessage());
  }
}
