package io.cloudlet.standalone.image;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The first program of a VM's pod. */
class VmStartTest {
  @TempDir private Path folder;

  @Test
  void runsTheCommandWithItsArgumentsAsTheyAre() throws Exception {
    Process process = start();
    try {
      command(
          "/bin/sh", "-c", "printf '<%s>' \"$@\" >&3; exit 7", "x", "a b", "it's", "", "$HOME\n*");
      assertThat(process.waitFor(60, TimeUnit.SECONDS)).isTrue();
      assertThat(new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8))
          .isEqualTo("<a b><it's><><$HOME\n*>");
      assertThat(process.exitValue()).isEqualTo(7);
    } finally {
      process.destroyForcibly();
    }
  }

  @Test
  void ignoresTheEndOfThePodWhileTheCommandRuns() throws Exception {
    Process process = start();
    try {
      command("/bin/sh", "-c", "echo up >&3; read line; echo \"$line\" >&3");
      assertThat(process.inputReader().readLine()).isEqualTo("up");
      process.toHandle().destroy();
      process.outputWriter().append("still here\n").flush();
      assertThat(process.inputReader().readLine()).isEqualTo("still here");
      assertThat(process.waitFor(60, TimeUnit.SECONDS)).isTrue();
      assertThat(process.exitValue()).isZero();
    } finally {
      process.destroyForcibly();
    }
  }

  @Test
  void waitsForAnotherCommandUntilTheVmIsBorn() throws Exception {
    Path unborn = Files.createFile(folder.resolve("unborn"));
    Process process = start();
    try {
      command("/bin/sh", "-c", "echo first >&3; echo its words; exit 3");
      assertThat(process.inputReader().readLine()).isEqualTo("first");
      awaitEnd();
      assertThat(folder.resolve("qemu.log")).content().isEqualTo("its words\n");
      Files.delete(unborn);
      command("/bin/sh", "-c", "echo second >&3");
      assertThat(process.inputReader().readLine()).isEqualTo("second");
      assertThat(process.waitFor(60, TimeUnit.SECONDS)).isTrue();
      assertThat(process.exitValue()).isZero();
    } finally {
      process.destroyForcibly();
    }
  }

  @Test
  void endsWithThePodWhileNothingRuns() throws Exception {
    Files.createFile(folder.resolve("unborn"));
    Process process = start();
    try {
      command("/bin/true");
      awaitEnd();
      process.toHandle().destroy();
      assertThat(process.waitFor(60, TimeUnit.SECONDS)).isTrue();
      assertThat(process.exitValue()).isZero();
    } finally {
      process.destroyForcibly();
    }
  }

  private void awaitEnd() throws InterruptedException {
    while (!Files.exists(folder.resolve("ended"))) {
      Thread.sleep(10);
    }
  }

  private Process start() throws Exception {
    Path script = folder.resolve("cloudlet-vm");
    try (InputStream in = ImageBuilder.class.getResourceAsStream("cloudlet-vm")) {
      Files.write(script, in.readAllBytes());
    }
    ProcessBuilder builder = new ProcessBuilder("/bin/sh", script.toString());
    builder.environment().put("CLOUDLET_VM", folder.toString());
    return builder.redirectError(ProcessBuilder.Redirect.INHERIT).start();
  }

  private void command(String... arguments) throws Exception {
    Path partial =
        Files.writeString(folder.resolve("partial"), String.join("\0", arguments) + "\0");
    Files.move(partial, folder.resolve("start"), StandardCopyOption.ATOMIC_MOVE);
  }
}
