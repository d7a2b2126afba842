package io.cloudlet.api.v1alpha1;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.SortedMap;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** The definitions in the folder are those of the records. */
class CrdFilesTest {
  private static final Path FOLDER = Path.of("").toAbsolutePath();

  /** Helm reads nothing outside of a chart, and GitOps tools follow no links. */
  private static final Path CHART = Path.of("..", "helm", "cloudlet", "definitions");

  private static final SortedMap<String, String> EXPECTED = CrdGeneration.files();

  @BeforeAll
  static void writeWhenAsked() throws IOException {
    if (System.getProperty("crds.write") != null) {
      for (var file : EXPECTED.entrySet()) {
        Files.writeString(FOLDER.resolve(file.getKey()), file.getValue());
        Files.writeString(CHART.resolve(file.getKey()), file.getValue());
      }
    }
  }

  @Test
  void yamlEqualsRecords() {
    assertThat(EXPECTED)
        .allSatisfy((name, text) ->
            assertThat(FOLDER.resolve(name))
                .as("%s differs from the records; run %s", name, CrdGeneration.COMMAND)
                .hasContent(text));
  }

  @Test
  void theChartHasTheSame() throws IOException {
    try (Stream<Path> files = Files.list(CHART)) {
      assertThat(files.map(file -> file.getFileName().toString()))
          .containsExactlyInAnyOrderElementsOf(EXPECTED.keySet());
    }
    assertThat(EXPECTED)
        .allSatisfy((name, text) ->
            assertThat(CHART.resolve(name))
                .as("%s differs from the records; run %s", name, CrdGeneration.COMMAND)
                .hasContent(text));
  }

  /** {@code kubectl apply -f crds/} takes every such file of the folder. */
  @Test
  void folderHoldsNothingElseThatWouldBeApplied() throws IOException {
    try (Stream<Path> files = Files.list(FOLDER)) {
      assertThat(files.map(file -> file.getFileName().toString()))
          .filteredOn(name -> name.matches(".*\\.(json|ya?ml)"))
          .containsExactlyInAnyOrderElementsOf(EXPECTED.keySet());
    }
  }
}
