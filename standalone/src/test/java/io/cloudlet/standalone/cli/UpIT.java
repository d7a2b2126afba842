package io.cloudlet.standalone.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class UpIT {
  @TempDir private Path folder;

  @Test
  void keepsItsResourcesWhenItIsKilledAndStartsOverWhenItIsTold() throws Exception {
    Path written = Files.writeString(folder.resolve("overlay.yaml"), overlay());
    String kubeconfig;
    try (UpProcess up = up()) {
      Kubectl kubectl = Kubectl.of(up);
      kubeconfig = Files.readString(Path.of(kubectl.kubeconfig()));
      assertThat(kubectl.run("explain", "basevm.spec.source")).contains("FIELDS:", "image");
      assertThat(kubectl.run("apply", "-f", written.toString())).contains("vmoverlay", "created");
      assertThat(kubectl.run("get", "vmo")).contains("PHASE", "shop");
      up.kill();
    }
    assertNoProcesses();
    try (UpProcess up = up()) {
      Kubectl kubectl = Kubectl.of(up);
      assertThat(Files.readString(Path.of(kubectl.kubeconfig()))).isEqualTo(kubeconfig);
      assertThat(kubectl.run("get", "vmo", "-o", "name")).contains("shop");
      kubectl.run("wait", "--for=condition=Scheduled=False", "vmo/shop", "--timeout=60s");
      assertThat(kubectl.run("delete", "vmo", "shop", "--timeout=60s")).contains("deleted");
      assertThat(kubectl.run("apply", "-f", written.toString())).contains("created");
      up.interrupt();
    }
    assertNoProcesses();
    try (UpProcess up = up("--fresh")) {
      Kubectl kubectl = Kubectl.of(up);
      assertThat(kubectl.run("get", "vmo", "-o", "name")).isBlank();
      assertThat(up.messages()).contains("are removed");
      up.interrupt();
    }
    assertNoProcesses();
  }

  @Test
  void saysWhichFolderOfTheEnvironmentIsWrong() throws Exception {
    try (UpProcess up =
        UpProcess.start(folder, Map.of("CLOUDLET_KUBERNETES", folder.toString()), "up")) {
      assertThat(up.code()).isEqualTo(1);
      assertThat(up.messages())
          .startsWith("cloudlet: CLOUDLET_KUBERNETES names " + folder)
          .contains("correct or unset it")
          .hasLineCount(1);
    }
  }

  private UpProcess up(String... options) throws IOException {
    Path kubernetes = folder.resolve("kubernetes");
    List<String> all = new ArrayList<>(List.of("up", "--kubernetes-data", kubernetes.toString()));
    all.addAll(List.of(options));
    return UpProcess.start(folder, Map.of(), all.toArray(String[]::new));
  }

  /** Of the server's folder; the kernel ends them a moment after their parent. */
  private void assertNoProcesses() {
    Path server = folder.resolve("kubernetes").toAbsolutePath();
    Awaitility.await()
        .atMost(Duration.ofSeconds(30))
        .untilAsserted(() -> assertThat(WorkingProcesses.in(server)).isEmpty());
  }

  private static String overlay() {
    return """
    apiVersion: cloudlet.io/v1alpha1
    kind: VMOverlay
    metadata:
      name: shop
    spec:
      synthesisRef:
        name: workbench
    """;
  }
}
