package io.cloudlet.sidecar.cli;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.cloudlet.sidecar.guest.ApplicationState;
import io.cloudlet.sidecar.guest.BuildProgress;
import io.cloudlet.sidecar.guest.GuestApplication;
import io.cloudlet.sidecar.guest.GuestImage;
import io.cloudlet.sidecar.guest.SmallGuest;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;

/** Data directories that stand for machines, with the small guest on them. Closing ends its VMs. */
record TestNodes(Path folder) implements AutoCloseable {
  static final Duration PATIENCE = Duration.ofMinutes(3);

  private static final List<String> NAMES = List.of("one", "two");

  /** Runs a command on a node. */
  CommandLineRun on(String node, String... arguments) {
    return CommandLineRun.of(folder.resolve(node), arguments);
  }

  /** Runs a command that has to succeed. */
  void succeed(String node, String... arguments) {
    succeed(on(node, arguments));
  }

  static void succeed(CommandLineRun run) {
    assertThat(run.code()).as(run.messages()).isZero();
  }

  /** Runs a command that has to succeed, and gives its results. */
  JsonNode json(String node, String... arguments) throws IOException {
    String[] all = new String[arguments.length + 2];
    System.arraycopy(arguments, 0, all, 0, arguments.length);
    all[arguments.length] = "--output";
    all[arguments.length + 1] = "json";
    CommandLineRun run = on(node, all);
    succeed(run);
    return new ObjectMapper().readTree(run.results());
  }

  /** Makes the base VM {@code small} on the first node. */
  void createBase() throws IOException {
    GuestImage guest = SmallGuest.build(SmallGuest.defaultCache(), BuildProgress.silent());
    succeed(
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
        guest.ready().pattern());
  }

  /** Takes the base VM to the second node. */
  void copyBase() {
    Path packaged = folder.resolve("small.base");
    succeed("one", "base", "export", "small", packaged.toString());
    succeed("two", "base", "import", packaged.toString());
  }

  /** The port of this host behind which a VM's application answers. */
  int port(String node, String vm) throws IOException {
    String forwarded = json(node, "vm", "info", vm).get("ports").get(0).asText();
    return Integer.parseInt(forwarded.substring(0, forwarded.indexOf(':')));
  }

  /** Starts the application. */
  static ApplicationState start(int port) throws IOException {
    try (GuestApplication application = new GuestApplication(port, PATIENCE)) {
      application.awaitPulse(PATIENCE);
      application.start();
      return application.state();
    }
  }

  /** The application goes on from what it was. */
  static void assertRunsOn(int port, ApplicationState before) throws IOException {
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

  @Override
  public void close() throws IOException {
    for (String node : NAMES) {
      if (Files.isDirectory(folder.resolve(node))) {
        for (JsonNode vm : json(node, "vm", "ls")) {
          on(node, "vm", "rm", vm.get("name").asText(), "--force");
        }
      }
    }
  }
}
