package io.cloudlet.sidecar.cli;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.cloudlet.sidecar.guest.ApplicationState;
import io.cloudlet.sidecar.guest.BuildProgress;
import io.cloudlet.sidecar.guest.GuestApplication;
import io.cloudlet.sidecar.guest.GuestImage;
import io.cloudlet.sidecar.guest.SmallGuest;
import java.io.BufferedReader;
import java.io.File;
import java.io.IOException;
import java.lang.ProcessBuilder.Redirect;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A VM from its boot on one node to its resumption on another, with real QEMU. */
class WholeWayE2E {
  private static final Duration PATIENCE = Duration.ofMinutes(3);

  @TempDir Path folder;

  @AfterEach
  void endVms() throws Exception {
    for (String node : List.of("one", "two")) {
      if (Files.isDirectory(folder.resolve(node))) {
        for (JsonNode vm : json(on(node, "vm", "ls", "--output", "json"))) {
          on(node, "vm", "rm", vm.get("name").asText(), "--force");
        }
      }
    }
  }

  @Test
  void anApplicationRunsOnElsewhereAndCapturesMayDie() throws Exception {
    createBase();
    succeed(on("one", "vm", "resume", "small", "--name", "web"));
    int port = port("one", "web");
    ApplicationState started = start(port);

    captureThatDiesAfter("reading memory");
    assertRunsOn(port, started);
    captureThatDiesAfter("deduplicating");
    assertRunsOn(port, started);

    Path overlay = folder.resolve("web.overlay");
    succeed(on("one", "overlay", "create", "web", "-o", overlay.toString(), "--effort", "fast"));
    succeed(on("one", "overlay", "verify", overlay.toString()));
    assertRunsOn(port, started);

    assertThat(on("two", "synthesize", overlay.toString()).code()).isEqualTo(3);
    Path packaged = folder.resolve("small.base");
    succeed(on("one", "base", "export", "small", packaged.toString()));
    succeed(on("two", "base", "import", packaged.toString()));
    succeed(on("two", "synthesize", overlay.toString(), "--name", "web", "--no-cache"));
    assertRunsOn(port("two", "web"), started);
    assertThat(on("two", "base", "rm", "small").code()).isEqualTo(1);

    succeed(on("two", "overlay", "cache", overlay.toString()));
    JsonNode again =
        json(on("two", "synthesize", overlay.toString(), "--name", "b", "--output", "json"));
    assertThat(again.get("way").asText()).isEqualTo("mapped");
    assertRunsOn(port("two", "b"), started);
  }

  private void createBase() throws IOException {
    GuestImage guest = SmallGuest.build(SmallGuest.defaultCache(), BuildProgress.silent());
    succeed(
        on(
            "one",
            "base",
            "create",
            "small",
            "--disk",
            guest.disk().toString(),
            "--kernel",
            guest.kernel().toString(),
            "--initrd",
            guest.initrd().toString(),
            "--append",
            guest.append(),
            "--memory",
            (guest.memoryBytes() >> 20) + "M",
            "--port",
            Integer.toString(guest.port()),
            "--accel",
            "tcg",
            "--ready-serial",
            guest.ready().pattern()));
  }

  private static ApplicationState start(int port) throws IOException {
    try (GuestApplication application = new GuestApplication(port, PATIENCE)) {
      application.awaitPulse(PATIENCE);
      application.start();
      return application.state();
    }
  }

  private static void assertRunsOn(int port, ApplicationState before) throws IOException {
    try (GuestApplication application = new GuestApplication(port, PATIENCE)) {
      application.awaitPulse(PATIENCE);
      ApplicationState now = application.state();
      assertThat(now.isIntact()).isTrue();
      assertThat(now.bootId()).isEqualTo(before.bootId());
      assertThat(now.memoryChecksum()).isEqualTo(before.memoryChecksum());
      assertThat(now.diskChecksum()).isEqualTo(before.diskChecksum());
      assertThat(now.counter()).isGreaterThanOrEqualTo(before.counter());
    }
  }

  /** Kills a capture when it says that a stage has ended; the next command undoes the rest. */
  private void captureThatDiesAfter(String stage) throws Exception {
    Path target = folder.resolve("died").resolve("web.overlay");
    Files.createDirectories(folder.resolve("died"));
    Process capture = start("one", "overlay", "create", "web", "-o", target.toString());
    try (BufferedReader messages = capture.errorReader()) {
      String line = messages.readLine();
      while (line != null && !line.startsWith(stage)) {
        line = messages.readLine();
      }
      assertThat(line).isNotNull();
      assertThat(on("one", "vm", "rm", "web", "--force").code()).isEqualTo(4);
    } finally {
      capture.destroyForcibly();
    }
    assertThat(capture.waitFor(1, TimeUnit.MINUTES)).isTrue();
    assertThat(on("one", "vm", "ls").messages()).contains("undid a capture of VM web");
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

  private CommandLineRun on(String node, String... arguments) {
    return CommandLineRun.of(folder.resolve(node), arguments);
  }

  private int port(String node, String vm) throws IOException {
    JsonNode info = json(on(node, "vm", "info", vm, "--output", "json"));
    String forwarded = info.get("ports").get(0).asText();
    return Integer.parseInt(forwarded.substring(0, forwarded.indexOf(':')));
  }

  private static JsonNode json(CommandLineRun run) throws IOException {
    succeed(run);
    return new ObjectMapper().readTree(run.results());
  }

  private static void succeed(CommandLineRun run) {
    assertThat(run.code()).as(run.messages()).isZero();
  }
}
