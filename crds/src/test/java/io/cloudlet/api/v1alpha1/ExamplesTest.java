package io.cloudlet.api.v1alpha1;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.exc.UnrecognizedPropertyException;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.fasterxml.jackson.dataformat.yaml.YAMLMapper;
import io.fabric8.kubernetes.api.model.HasMetadata;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** The examples say what the records hold, no more and no less. */
class ExamplesTest {
  private static final Path FOLDER = Path.of("..", "examples");

  private static final ObjectMapper STRICT =
      new YAMLMapper().enable(DeserializationFeature.FAIL_ON_UNKNOWN_PROPERTIES);

  private static Stream<Path> examples() throws IOException {
    try (Stream<Path> story = Files.list(FOLDER);
        Stream<Path> placement = Files.list(FOLDER.resolve("placement"))) {
      return Stream.concat(story, placement)
          .filter(file -> file.toString().endsWith(".yaml"))
          .sorted()
          .toList()
          .stream();
    }
  }

  @ParameterizedTest
  @MethodSource("examples")
  void surviveARoundTrip(Path file) throws IOException {
    List<JsonNode> documents = documents(file);

    assertThat(documents)
        .isNotEmpty()
        .allSatisfy(document -> {
          JsonNode written = STRICT.valueToTree(read(document));
          assertThat(written).isEqualTo(document);
        });
  }

  @Test
  void showEveryKind() throws IOException {
    assertThat(examples().flatMap(file -> documents(file).stream()))
        .extracting(document -> document.get("kind").textValue())
        .contains("BaseVM", "VMOverlay", "Synthesis");
  }

  @Test
  void unknownFieldsAreRefused() throws IOException {
    JsonNode document = documents(examples().findFirst().orElseThrow()).getFirst();
    ((ObjectNode) document.get("spec")).put("sauce", "none");

    assertThatThrownBy(() -> read(document))
        .isInstanceOf(UnrecognizedPropertyException.class)
        .hasMessageContaining("sauce");
  }

  private static List<JsonNode> documents(Path file) {
    try (var values = STRICT.readerFor(JsonNode.class).<JsonNode>readValues(file.toFile())) {
      return values.readAll();
    } catch (IOException e) {
      throw new AssertionError(file + " is no YAML", e);
    }
  }

  private static HasMetadata read(JsonNode document) throws JsonProcessingException {
    Class<? extends HasMetadata> kind =
        CrdGeneration.KINDS.stream()
            .filter(type -> HasMetadata.getKind(type).equals(document.get("kind").textValue()))
            .findFirst()
            .orElseThrow();
    return STRICT.treeToValue(document, kind);
  }
}
