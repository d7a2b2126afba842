package io.cloudlet.standalone.kubernetes;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.cloudlet.sidecar.image.CloudletException;
import io.cloudlet.sidecar.node.BusyException;
import io.cloudlet.sidecar.node.Progress;
import io.fabric8.kubernetes.api.model.ConfigMap;
import io.fabric8.kubernetes.api.model.ConfigMapBuilder;
import io.fabric8.kubernetes.client.KubernetesClient;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ApiServerIT {
  private static Programs programs = new Programs(Path.of(""));

  private final List<String> said = new ArrayList<>();

  @TempDir private Path folder;

  @BeforeAll
  static void findPrograms() throws IOException {
    programs = new ProgramFinder(System.getenv(), Progress.SILENT, _ -> {}).find();
  }

  @Test
  void keepsResourcesAndKubeconfigOverARestart() throws IOException {
    String kubeconfig;
    try (ApiServer server = start(folder)) {
      kubeconfig = Files.readString(server.kubeconfig());
      remember(server, "before");
      assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(server.kubeconfig())))
          .isEqualTo("rw-------");
      assertThatThrownBy(() -> start(folder))
          .isInstanceOf(BusyException.class)
          .hasMessageContaining(folder.toRealPath().toString());
    }
    try (ApiServer server = start(folder);
        KubernetesClient client = server.administrator()) {
      assertThat(client.configMaps().inNamespace("default").withName("note").get())
          .extracting(ConfigMap::getData)
          .hasToString("{text=before}");
      assertThat(Files.readString(server.kubeconfig())).isEqualTo(kubeconfig);
      assertThat(said).isEmpty();
    }
    assertThat(ApiServer.remove(folder)).isTrue();
    assertThat(folder).doesNotExist();
    assertThat(ApiServer.remove(folder)).isFalse();
  }

  @Test
  void endsItsProcessesAndNoticesTheEndOfOne() throws Exception {
    List<Long> pids;
    try (ApiServer server = start(folder)) {
      pids = server.pids().toList();
      assertThat(pids).hasSize(2).allMatch(pid -> ProcessHandle.of(pid).isPresent());
      ProcessHandle.of(pids.getFirst()).orElseThrow().destroyForcibly();
      assertThat(server.failure().get(1, TimeUnit.MINUTES))
          .hasMessageContaining("etcd has ended with code 137")
          .hasMessageContaining(folder.toRealPath().resolve("logs/etcd.log").toString());
    }
    assertThat(pids).noneMatch(pid -> ProcessHandle.of(pid).isPresent());
  }

  @Test
  void showsTheEndOfTheLogWhenAProgramDoesNotStart() throws IOException {
    Path broken = Files.createDirectories(folder.resolve("programs"));
    for (String name : Programs.NAMES) {
      Files.writeString(broken.resolve(name), "#!/bin/sh\necho cannot do it >&2\nexit 7\n");
      Files.setPosixFilePermissions(
          broken.resolve(name), PosixFilePermissions.fromString("rwx------"));
    }
    Path data = folder.resolve("data");

    assertThatThrownBy(() -> ApiServer.start(data, Programs.in(broken), said::add))
        .isInstanceOf(CloudletException.class)
        .hasMessageContaining("has ended with code 7")
        .hasMessageContaining("cannot do it");
    assertThat(data.resolve("processes")).doesNotExist();
  }

  private ApiServer start(Path data) throws IOException {
    return ApiServer.start(data, programs, said::add);
  }

  private static void remember(ApiServer server, String text) throws IOException {
    try (KubernetesClient client = server.administrator()) {
      client
          .resource(
              new ConfigMapBuilder()
                  .withNewMetadata()
                  .withNamespace("default")
                  .withName("note")
                  .endMetadata()
                  .addToData("text", text)
                  .build())
          .create();
    }
  }
}
