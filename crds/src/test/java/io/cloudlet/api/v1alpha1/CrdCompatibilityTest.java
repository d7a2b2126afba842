package io.cloudlet.api.v1alpha1;

import static org.assertj.core.api.Assertions.assertThat;

import io.fabric8.kubernetes.api.model.apiextensions.v1.CustomResourceDefinition;
import io.fabric8.kubernetes.client.utils.KubernetesSerialization;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Objects;
import java.util.function.UnaryOperator;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;

/** Objects of the last release are still accepted, and keep all their fields. */
class CrdCompatibilityTest {
  /** Holds the definitions of the last release, once there is one, under the same names. */
  private static final Path RELEASED = Path.of("released");

  private static final String INDENT = " ".repeat(14);

  private static final KubernetesSerialization YAML = new KubernetesSerialization();

  private static List<CustomResourceDefinition> definitions() {
    return CrdGeneration.definitions();
  }

  @ParameterizedTest
  @MethodSource("definitions")
  void definitionIsCompatibleWithTheLastRelease(CustomResourceDefinition current)
      throws IOException {
    Path file = RELEASED.resolve(current.getMetadata().getName() + "-v1.yaml");
    CustomResourceDefinition released =
        Files.exists(file)
            ? YAML.unmarshal(Files.readString(file), CustomResourceDefinition.class)
            : current;

    assertThat(CrdCompatibility.breaks(released, current)).isEmpty();
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "name: \"v1alpha1\"|name: \"v1alpha2\"|version v1alpha1 is gone",
        "overlayUrl:|overlayURL:|Synthesis.spec.overlayUrl is gone",
        "- \"Boot\"|- \"Cold\"|Synthesis.spec.start no longer takes \"Boot\"",
        "maxItems: 32|maxItems: 31|Synthesis.spec.ports maxItems was 32 and is 31",
        "- \"guest\"|- \"port\"|Synthesis.spec.ports has other list keys",
        "required: [\"spec\"]|required: [\"spec\", \"status\"]|Synthesis.status is required now",
        "size() <= 63|size() <= 62|Synthesis has a new rule:"
            + " self.metadata.name.size() <= 62 && !self.metadata.name.contains('.')",
        "type: \"boolean\"|type: \"string\"|Synthesis.spec.earlyStart was boolean and is string",
      })
  void breaksAreFound(String released, String current, String message) {
    CustomResourceDefinition before = synthesis(text -> text);
    CustomResourceDefinition after = synthesis(text -> text.replace(released, current));

    assertThat(CrdCompatibility.breaks(before, after)).contains(message);
  }

  @Test
  void aNewFieldAndANewValueAreNoBreak() {
    CustomResourceDefinition before = synthesis(text -> text.replaceAll(" +- \"Stopped\"\n", ""));
    CustomResourceDefinition after =
        synthesis(text ->
            text.replace("earlyStart:", "other: {type: boolean}\n" + INDENT + "earlyStart:"));

    assertThat(CrdCompatibility.breaks(before, after)).isEmpty();
    assertThat(CrdCompatibility.breaks(after, before))
        .containsExactly(
            "Synthesis.spec.other is gone", "Synthesis.status.phase no longer takes \"Stopped\"");
  }

  private static CustomResourceDefinition synthesis(UnaryOperator<String> change) {
    String text =
        Objects.requireNonNull(CrdGeneration.files().get("syntheses.cloudlet.io-v1.yaml"));
    String oneLine = text.replaceAll("required:\n +- \"spec\"", "required: [\"spec\"]");
    return YAML.unmarshal(change.apply(oneLine), CustomResourceDefinition.class);
  }
}
