package io.cloudlet.standalone.cluster;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import io.fabric8.kubernetes.client.CustomResource;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class InstallationTest {
  @Test
  void installsEveryDefinition() throws IOException {
    try (Stream<Path> files = Files.list(Path.of("..", "crds"))) {
      assertThat(files.map(file -> file.getFileName().toString()).filter(n -> n.endsWith(".yaml")))
          .containsExactlyInAnyOrderElementsOf(
              Installation.KINDS.stream().map(InstallationTest::file).toList());
    }
    for (Class<? extends CustomResource<?, ?>> kind : Installation.KINDS) {
      assertThat(resource(Installation.definition(kind).name()))
          .isEqualTo(Files.readString(Path.of("..", "crds", file(kind))));
    }
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "rbac/operator.yaml",
        "rbac/agent.yaml",
        "rbac/users.yaml",
        "policy/deletion.yaml"
      })
  void installsTheRolesAndRulesOfTheChart(String name) throws IOException {
    assertThat(resource("META-INF/cloudlet/" + name))
        .isEqualTo(Files.readString(Path.of("..", "helm", "cloudlet").resolve(name)));
  }

  @Test
  void installsEveryFileOfTheChartThatIsForIt() throws IOException {
    for (String folder : new String[] {"rbac", "policy"}) {
      try (Stream<Path> files = Files.list(Path.of("..", "helm", "cloudlet", folder))) {
        assertThat(files.map(file -> file.getFileName().toString()))
            .isSubsetOf("operator.yaml", "agent.yaml", "users.yaml", "deletion.yaml");
      }
    }
  }

  private static String file(Class<? extends CustomResource<?, ?>> kind) {
    return CustomResource.getCRDName(kind) + "-v1.yaml";
  }

  private static String resource(String name) throws IOException {
    try (var content = InstallationTest.class.getClassLoader().getResourceAsStream(name)) {
      assertThat(content).as(name).isNotNull();
      return content == null ? "" : new String(content.readAllBytes(), UTF_8);
    }
  }
}
