package io.cloudlet.sidecar.cli;

import static io.cloudlet.sidecar.cli.CounterNode.succeed;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.cloudlet.sidecar.guest.ApplicationState;
import io.cloudlet.sidecar.guest.BuildProgress;
import io.cloudlet.sidecar.guest.GuestApplication;
import io.cloudlet.sidecar.guest.GuestImage;
import io.cloudlet.sidecar.guest.SmallGuest;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A base that is ready when its port answers, and guests that boot from a captured disk. */
class DiskOnlyE2E {
  private static final Duration PATIENCE = Duration.ofMinutes(3);

  @TempDir Path folder;

  @AfterEach
  void endVms() throws IOException {
    for (JsonNode vm : json("vm", "ls")) {
      run("vm", "rm", vm.get("name").asText(), "--force");
    }
  }

  @Test
  void whatIsOnDiskIsThereAfterTheBoot() throws IOException {
    createBase();
    succeed(run("vm", "resume", "small", "--name", "web"));
    ApplicationState before = start();
    Path whole = folder.resolve("whole.overlay");
    Path disk = folder.resolve("disk.overlay");
    succeed(run("overlay", "create", "web", "--disk-only", "-o", disk.toString()));
    succeed(run("overlay", "create", "web", "--effort", "fast", "-o", whole.toString()));
    try (GuestApplication application = application("web")) {
      assertThat(application.state().isIntact()).isTrue();
    }
    assertThat(json("overlay", "info", disk.toString()).get("resumes").asBoolean()).isFalse();
    assertThat(json("overlay", "info", whole.toString()).get("resumes").asBoolean()).isTrue();
    assertBoots(before, "synthesize", disk.toString(), "--name", "booted");
    assertBoots(before, "synthesize", whole.toString(), "--name", "booted", "--disk-only");
  }

  /**
   * The guest's file system has to have written the counter: a boot reads what a power cut leaves.
   */
  private ApplicationState start() throws IOException {
    try (GuestApplication application = application("web")) {
      application.start();
      while (application.pulse().counterOnDisk() < 4) {
        Thread.onSpinWait();
      }
      return application.state();
    }
  }

  private void assertBoots(ApplicationState before, String... synthesize) throws IOException {
    assertThat(json(synthesize).get("way").asText()).isEqualTo("boot");
    try (GuestApplication application = application("booted")) {
      ApplicationState after = application.state();
      assertThat(after.started()).isFalse();
      assertThat(after.bootId()).isNotEqualTo(before.bootId());
      assertThat(after.diskChecksum()).isEqualTo(before.diskChecksum());
      assertThat(after.memoryChecksum()).isEmpty();
    }
    succeed(run("vm", "rm", "booted", "--force"));
  }

  private void createBase() throws IOException {
    GuestImage guest = SmallGuest.build(SmallGuest.defaultCache(), BuildProgress.silent());
    List<String> create = new ArrayList<>(List.of("base", "create", "small", "--accel", "tcg"));
    create.addAll(List.of("--disk", guest.disk().toString(), "--memory", "256M"));
    create.addAll(List.of("--kernel", guest.kernel().toString()));
    create.addAll(List.of("--initrd", guest.initrd().toString(), "--append", guest.append()));
    String port = Integer.toString(guest.port());
    create.addAll(List.of("--port", port, "--ready-tcp", port));
    succeed(run(create.toArray(String[]::new)));
  }

  private GuestApplication application(String vm) throws IOException {
    String forwarded = json("vm", "info", vm).get("ports").get(0).asText();
    int port = Integer.parseInt(forwarded.substring(0, forwarded.indexOf(':')));
    GuestApplication application = new GuestApplication(port, PATIENCE);
    application.awaitPulse(PATIENCE);
    return application;
  }

  private JsonNode json(String... arguments) throws IOException {
    List<String> words = new ArrayList<>(List.of(arguments));
    words.addAll(List.of("--output", "json"));
    return new ObjectMapper().readTree(succeed(run(words.toArray(String[]::new))).results());
  }

  private CommandLineRun run(String... arguments) {
    return CommandLineRun.of(folder.resolve("data"), arguments);
  }
}
