package io.cloudlet.sidecar.cli;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.cloudlet.sidecar.guest.ApplicationState;
import java.io.BufferedReader;
import java.io.File;
import java.io.IOException;
import java.lang.ProcessBuilder.Redirect;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A VM from its boot on one node to its resumption on another, with real QEMU. */
class WholeWayE2E {
  @TempDir Path folder;

  @AfterEach
  void endVms() throws Exception {
    new TestNodes(folder).close();
  }

  @Test
  void anApplicationRunsOnElsewhereAndCapturesMayDie() throws Exception {
    TestNodes nodes = new TestNodes(folder);
    nodes.createBase();
    nodes.succeed("one", "vm", "resume", "small", "--name", "web");
    int port = nodes.port("one", "web");
    ApplicationState started = TestNodes.start(port);

    captureThatDiesAfter("reading memory");
    TestNodes.assertRunsOn(port, started);
    captureThatDiesAfter("deduplicating");
    TestNodes.assertRunsOn(port, started);

    String overlay = folder.resolve("web.overlay").toString();
    nodes.succeed("one", "overlay", "create", "web", "-o", overlay, "--effort", "fast");
    nodes.succeed("one", "overlay", "verify", overlay);
    TestNodes.assertRunsOn(port, started);

    assertThat(nodes.on("two", "synthesize", overlay).code()).isEqualTo(3);
    nodes.copyBase();
    nodes.succeed("two", "synthesize", overlay, "--name", "web", "--no-cache");
    TestNodes.assertRunsOn(nodes.port("two", "web"), started);
    assertThat(nodes.on("two", "base", "rm", "small").code()).isEqualTo(1);

    nodes.succeed("two", "overlay", "cache", overlay);
    JsonNode again = nodes.json("two", "synthesize", overlay, "--name", "b");
    assertThat(again.get("way").asText()).isEqualTo("mapped");
    TestNodes.assertRunsOn(nodes.port("two", "b"), started);
  }

  /** Kills a capture when it says that a stage has ended; the next command undoes the rest. */
  private void captureThatDiesAfter(String stage) throws Exception {
    TestNodes nodes = new TestNodes(folder);
    Path target = folder.resolve("died").resolve("web.overlay");
    Files.createDirectories(folder.resolve("died"));
    Process capture = start("one", "overlay", "create", "web", "-o", target.toString());
    try (BufferedReader messages = capture.errorReader()) {
      String line = messages.readLine();
      while (line != null && !line.startsWith(stage)) {
        line = messages.readLine();
      }
      assertThat(line).isNotNull();
      assertThat(nodes.on("one", "vm", "rm", "web", "--force").code()).isEqualTo(4);
    } finally {
      capture.destroyForcibly();
    }
    assertThat(capture.waitFor(1, TimeUnit.MINUTES)).isTrue();
    assertThat(nodes.on("one", "vm", "ls").messages()).contains("undid a capture of VM web");
    assertThat(folder.resolve("one/vms/web/capture.qcow2")).doesNotExist();
    try (Stream<Path> files = Files.list(folder.resolve("died"))) {
      assertThat(files).isEmpty();
    }
  }

  private Process start(String node, String... arguments) throws IOException {
    List<String> command = new ArrayList<>();
    command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
    command.addAll(List.of("--enable-native-access=ALL-UNNAMED", "-cp"));
    command.addAll(List.of(System.getProperty("java.class.path"), Main.class.getName()));
    command.addAll(List.of("--data", folder.resolve(node).toString()));
    command.addAll(List.of(arguments));
    return new ProcessBuilder(command)
        .redirectInput(new File("/dev/null"))
        .redirectOutput(Redirect.DISCARD)
        .start();
  }
}
