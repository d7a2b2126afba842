package io.cloudlet.standalone.image;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.cloudlet.api.v1alpha1.CloudletNode;
import io.cloudlet.api.v1alpha1.Condition;
import io.cloudlet.sidecar.node.Progress;
import io.cloudlet.standalone.cluster.TestAccounts;
import io.cloudlet.standalone.kubernetes.ApiServer;
import io.cloudlet.standalone.kubernetes.ProgramFinder;
import io.fabric8.kubernetes.client.KubernetesClient;
import java.io.IOException;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The images as {@code cloudlet images} makes them: the same each time, and whole. */
class ImagesIT {
  private static final Duration PATIENCE = Duration.ofMinutes(1);

  /** What a JVM makes of the signal, after its hooks. */
  private static final int BY_SIGTERM = 143;

  @TempDir private static Path made;
  private static UnpackedImage operator;
  private static UnpackedImage agent;

  @TempDir private Path folder;

  @BeforeAll
  static void makeAndUnpackBoth() throws IOException {
    operator = BuiltImage.unpacked(ImageKind.OPERATOR, made);
    agent = BuiltImage.unpacked(ImageKind.AGENT, made);
  }

  @Test
  void comeOutTheSameByteByByte() throws IOException {
    for (ImageKind kind : ImageKind.values()) {
      Path second = BuiltImage.build(kind, folder);
      Path first = made.resolve(second.getFileName());
      assertThat(Files.mismatch(first, second)).as("%s", kind).isEqualTo(-1);
      Files.delete(second);
    }
  }

  @Test
  void haveTheJarsOfTheirPartAlone() throws IOException {
    assertThat(jars(operator))
        .contains("cloudlet-operator", "cloudlet-crds", "logback-classic")
        .doesNotContain("cloudlet-synthesis-sidecar", "cloudlet-standalone", "picocli", "zstd-jni");
    assertThat(jars(agent))
        .contains("cloudlet-synthesis-sidecar", "cloudlet-crds", "zstd-jni", "logback-classic")
        .doesNotContain("cloudlet-operator", "cloudlet-standalone", "kube-api-test");
  }

  private static List<String> jars(UnpackedImage image) throws IOException {
    try (Stream<Path> jars = Files.list(image.root().resolve("opt/cloudlet/lib"))) {
      return jars.map(jar -> jar.getFileName().toString().replaceAll("-\\d.*", "")).toList();
    }
  }

  @Test
  void sayWhatTheyAreAndWhoseUserTheyHave() throws IOException {
    for (UnpackedImage image : List.of(operator, agent)) {
      assertThat(image.configuration().at("/architecture").asText())
          .isEqualTo(Architecture.ofThisMachine().image());
      assertThat(image.configuration().at("/config/Labels").properties())
          .extracting(Map.Entry::getKey)
          .contains("org.opencontainers.image.title", "org.opencontainers.image.version");
      assertThat(image.root().resolve("etc/passwd"))
          .content()
          .contains("qemu:x:107:107:", "cloudlet:x:65532:65532:");
      assertThat(image.root().resolve("opt/java/lib/security/cacerts")).isNotEmptyFile();
    }
    assertThat(operator.user()).isEqualTo(65_532);
    assertThat(agent.user()).isZero();
  }

  @Test
  void operatorAndAgentWorkInThem() throws Exception {
    Contained.requireRoot();
    Files.setPosixFilePermissions(folder, PosixFilePermissions.fromString("rwxrwxrwx"));
    try (ApiServer server =
            ApiServer.start(
                folder.resolve("kubernetes"),
                new ProgramFinder(System.getenv(), Progress.SILENT, _ -> {}).find(),
                _ -> {});
        KubernetesClient administrator = server.administrator()) {
      TestAccounts accounts = TestAccounts.install(server, administrator, folder);
      Files.setPosixFilePermissions(
          accounts.operator(), PosixFilePermissions.fromString("rw-r--r--"));
      operatorWorks();
      agentWorks(administrator);
    }
  }

  private void operatorWorks() throws Exception {
    String port = String.valueOf(freePort());
    Map<String, String> environment =
        Map.of("KUBECONFIG", "/tmp/operator.kubeconfig", "CLOUDLET_PORT", port);
    try (Contained running = contained(operator, environment)) {
      // Asks by the image's own program, until it is ready.
      try (Contained check =
          contained(operator, Map.of(), "check", "http://127.0.0.1:" + port + "/readyz")) {
        assertThat(check.code()).as(check.said() + running.said()).isZero();
      }
      running.terminate();
      assertThat(running.code()).as(running.said()).isEqualTo(BY_SIGTERM);
      assertThat(running.said()).doesNotContain("NoClassDefFound", "ClassNotFound", "Exception");
    }
  }

  private void agentWorks(KubernetesClient administrator) throws Exception {
    Map<String, String> environment =
        Map.of("KUBECONFIG", "/tmp/agent.kubeconfig", "CLOUDLET_DATA", "/tmp/data");
    try (Contained running =
        contained(agent, environment, "agent", "--node=edge", "--port=0", "--status-port=0")) {
      await().atMost(PATIENCE).until(() -> !running.isRunning() || isReady(administrator));
      assertThat(running.isRunning()).as(running.said()).isTrue();
      running.terminate();
      assertThat(running.code()).as(running.said()).isEqualTo(BY_SIGTERM);
      assertThat(running.said()).doesNotContain("NoClassDefFound", "ClassNotFound");
    }
  }

  private static boolean isReady(KubernetesClient administrator) {
    CloudletNode node = administrator.resources(CloudletNode.class).withName("edge").get();
    return node != null
        && node.getStatus() != null
        && Condition.isTrue(node.getStatus().conditions(), Condition.READY);
  }

  private Contained contained(
      UnpackedImage image, Map<String, String> environment, String... arguments)
      throws IOException {
    List<String> command = new ArrayList<>(image.entryPoint());
    command.addAll(List.of(arguments));
    return Contained.start(image, image.user(), folder, "/tmp", environment, command);
  }

  private static int freePort() throws IOException {
    try (ServerSocket socket = new ServerSocket(0)) {
      return socket.getLocalPort();
    }
  }
}
