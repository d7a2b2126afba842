package io.cloudlet.standalone.chart;

import static org.assertj.core.api.Assertions.assertThat;

import io.fabric8.kubernetes.api.model.Container;
import io.fabric8.kubernetes.api.model.EnvVar;
import io.fabric8.kubernetes.api.model.HasMetadata;
import io.fabric8.kubernetes.api.model.apiextensions.v1.CustomResourceDefinition;
import io.fabric8.kubernetes.api.model.apps.DaemonSet;
import io.fabric8.kubernetes.api.model.apps.Deployment;
import java.io.File;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What the chart installs is what stands elsewhere: definitions, roles, what programs read. */
class ChartSourcesTest {
  private static final Path CRDS = Path.of("..", "crds");
  private static final Path ENVIRONMENT =
      Path.of("..", "operator/src/main/java/io/cloudlet/operator/Environment.java");

  @TempDir private Path scratch;

  @ParameterizedTest
  @CsvSource({"rbac/operator.yaml", "rbac/agent.yaml", "rbac/users.yaml", "policy/deletion.yaml"})
  void rolesAndRulesAreThoseOfThePlainFiles(String file) throws IOException {
    String plain =
        Files.readString(Chart.FOLDER.resolve(file)).replace("cloudlet-system", Chart.NAMESPACE);
    List<HasMetadata> expected = Chart.parse(plain);

    assertThat(stripped(new Chart(scratch).objects("{}"))).containsAll(stripped(expected));
    assertThat(expected).isNotEmpty();
  }

  @Test
  void grantsNothingThatNoPlainFileGrants() throws IOException {
    List<HasMetadata> rendered = new Chart(scratch).objects(Chart.EVERYTHING);
    List<HasMetadata> plain =
        Stream.of("operator", "agent", "users")
            .flatMap(it -> parse(Chart.FOLDER.resolve("rbac/" + it + ".yaml")).stream())
            .toList();

    assertThat(names(rendered)).containsExactlyInAnyOrderElementsOf(names(plain));
  }

  private static List<String> names(List<HasMetadata> objects) {
    return objects.stream()
        .filter(
            it -> it.getApiVersion().startsWith("rbac.") || it.getKind().equals("ServiceAccount"))
        .map(it -> it.getKind() + " " + it.getMetadata().getName())
        .toList();
  }

  @Test
  void definitionsAreThoseOfTheProjectAndAreKept() throws IOException {
    var rendered = Chart.of(CustomResourceDefinition.class, new Chart(scratch).objects("{}"));
    List<HasMetadata> expected;
    try (Stream<Path> files = Files.list(CRDS)) {
      expected =
          files
              .filter(it -> it.toString().endsWith(".yaml"))
              .flatMap(it -> parse(it).stream())
              .toList();
    }

    assertThat(rendered)
        .hasSize(4)
        .allSatisfy(it ->
            assertThat(it.getMetadata().getAnnotations())
                .containsEntry("helm.sh/resource-policy", "keep"));
    assertThat(stripped(List.copyOf(rendered)))
        .containsExactlyInAnyOrderElementsOf(stripped(expected));
  }

  @Test
  void theOperatorReadsEveryVariable() throws IOException {
    Container operator =
        Chart.only(Deployment.class, new Chart(scratch).objects("{}"))
            .getSpec()
            .getTemplate()
            .getSpec()
            .getContainers()
            .getFirst();

    assertThat(operator.getEnv())
        .extracting(EnvVar::getName)
        .isNotEmpty()
        .allSatisfy(it -> assertThat(ENVIRONMENT).content().contains('"' + it + '"'));
  }

  @Test
  void theAgentTakesEveryOptionAndVariable() throws Exception {
    Container agent =
        Chart.only(DaemonSet.class, new Chart(scratch).objects(Chart.EVERYTHING))
            .getSpec()
            .getTemplate()
            .getSpec()
            .getContainers()
            .getFirst();
    String help = help(agent.getArgs().getFirst());

    assertThat(agent.getArgs().stream().skip(1).map(it -> it.replaceFirst("=.*", "=")))
        .isNotEmpty()
        .allSatisfy(it -> assertThat(help).contains(it));
    assertThat(agent.getEnv())
        .extracting(EnvVar::getName)
        .filteredOn(it -> !it.equals("CLOUDLET_QEMU"))
        .isNotEmpty()
        .allSatisfy(it -> assertThat(help).contains("$" + it));
  }

  private String help(String command) throws IOException, InterruptedException {
    File out = scratch.resolve("help").toFile();
    Process program =
        new ProcessBuilder(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-cp",
                System.getProperty("java.class.path"),
                "io.cloudlet.standalone.cli.Main",
                command,
                "--help")
            .redirectErrorStream(true)
            .redirectOutput(out)
            .start();
    assertThat(program.waitFor()).isZero();
    return Files.readString(out.toPath());
  }

  private static List<HasMetadata> parse(Path file) {
    try {
      return Chart.parse(Files.readString(file));
    } catch (IOException e) {
      throw new AssertionError(e);
    }
  }

  /** Without what a chart adds: labels of app.kubernetes.io and helm.sh, annotations. */
  private static List<HasMetadata> stripped(List<HasMetadata> objects) {
    objects.forEach(it -> {
      it.getMetadata().setAnnotations(null);
      it.getMetadata()
          .getLabels()
          .keySet()
          .removeIf(key -> key.matches("(app\\.kubernetes\\.io|helm\\.sh)/.*"));
    });
    return objects;
  }
}
