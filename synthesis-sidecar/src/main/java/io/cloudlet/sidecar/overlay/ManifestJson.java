package io.cloudlet.sidecar.overlay;

import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.util.DefaultIndenter;
import com.fasterxml.jackson.core.util.DefaultPrettyPrinter;
import com.fasterxml.jackson.databind.DeserializationContext;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonMappingException;
import com.fasterxml.jackson.databind.ObjectWriter;
import com.fasterxml.jackson.databind.deser.std.StdDeserializer;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.module.SimpleModule;
import com.fasterxml.jackson.databind.ser.std.ToStringSerializer;
import io.cloudlet.sidecar.image.CorruptException;
import io.cloudlet.sidecar.image.Digest;
import io.cloudlet.sidecar.image.ImageId;
import java.io.IOException;

/** The manifest as JSON: UTF-8, indented by two spaces, lines end in LF. */
final class ManifestJson {
  private static final JsonMapper JSON =
      JsonMapper.builder()
          // A later program may say more in the same format; what matters changes the version.
          .disable(DeserializationFeature.FAIL_ON_UNKNOWN_PROPERTIES)
          .enable(DeserializationFeature.FAIL_ON_TRAILING_TOKENS)
          .enable(DeserializationFeature.FAIL_ON_NULL_FOR_PRIMITIVES)
          .addModule(
              new SimpleModule()
                  .addSerializer(Digest.class, new ToStringSerializer(Digest.class))
                  .addSerializer(ImageId.class, new ToStringSerializer(ImageId.class))
                  .addDeserializer(Digest.class, new DigestReader()))
          .build();

  private static final ObjectWriter WRITER =
      JSON.writer(new DefaultPrettyPrinter().withObjectIndenter(new DefaultIndenter("  ", "\n")));

  private ManifestJson() {}

  static byte[] encode(OverlayManifest manifest) {
    try {
      return WRITER.writeValueAsBytes(manifest);
    } catch (JsonProcessingException e) {
      throw new IllegalArgumentException("the manifest is no JSON", e);
    }
  }

  static OverlayManifest decode(byte[] json, String source, long offset) throws CorruptException {
    try {
      OverlayManifest manifest = JSON.readValue(json, OverlayManifest.class);
      if (manifest == null) {
        throw new CorruptException(source, offset, "the manifest is null");
      }
      return manifest;
    } catch (CorruptException e) {
      throw e;
    } catch (JsonMappingException e) {
      throw new CorruptException(
          source, offset, "the manifest is wrong at " + e.getPathReference() + ": " + reason(e));
    } catch (IOException e) {
      throw new CorruptException(source, offset, "the manifest is no JSON: " + e.getMessage());
    }
  }

  private static String reason(JsonMappingException e) {
    return e.getCause() == null
        ? e.getOriginalMessage()
        : String.valueOf(e.getCause().getMessage());
  }

  private static final class DigestReader extends StdDeserializer<Digest> {
    private static final long serialVersionUID = 1L;

    DigestReader() {
      super(Digest.class);
    }

    @Override
    public Digest deserialize(JsonParser parser, DeserializationContext context)
        throws IOException {
      try {
        return Digest.parse(parser.getText());
      } catch (IllegalArgumentException e) {
        throw JsonMappingException.from(parser, e.getMessage(), e);
      }
    }
  }
}
