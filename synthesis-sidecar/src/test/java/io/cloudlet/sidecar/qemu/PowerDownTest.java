package io.cloudlet.sidecar.qemu;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** With a process that stands for QEMU, and somebody who answers for it. */
class PowerDownTest {
  private static final Duration BRIEF = Duration.ofMillis(200);
  private static final Duration LONG = Duration.ofSeconds(30);

  @TempDir private Path folder;
  private Process process;

  @BeforeEach
  void start() throws IOException {
    process = new ProcessBuilder("sleep", "60").start();
  }

  @AfterEach
  void end() {
    process.destroyForcibly();
  }

  @Test
  void aGuestMayShutDown() throws IOException {
    try (FakeQmpServer _ = serve(true, process::destroyForcibly)) {
      assertThat(qemu().powerDown(LONG)).isTrue();
    }
  }

  @Test
  void aGuestMayNotReact() throws IOException {
    try (FakeQmpServer _ = serve(true, () -> {})) {
      assertThat(qemu().powerDown(BRIEF)).isFalse();
    }
  }

  @Test
  void aGuestThatStandsStillIsNotAsked() throws IOException {
    try (FakeQmpServer server = serve(false, () -> {})) {
      assertThat(qemu().powerDown(LONG)).isFalse();
      assertThat(server.received).noneMatch(line -> line.contains("system_powerdown"));
    }
  }

  @Test
  void aQemuThatDoesNotAnswerIsLeftToOthers() throws IOException {
    assertThat(qemu().powerDown(BRIEF)).isFalse();
  }

  private QemuProcess qemu() {
    return new QemuProcess(new VmFiles(folder), process.toHandle());
  }

  private FakeQmpServer serve(boolean running, Runnable reaction) throws IOException {
    return new FakeQmpServer(
        folder.resolve("qmp.sock"),
        FakeQmpServer.GREETING,
        line -> {
          if (line.contains("system_powerdown")) {
            reaction.run();
          }
          return "{\"return\": {\"running\": " + running + "}, \"id\": $ID}";
        });
  }
}
