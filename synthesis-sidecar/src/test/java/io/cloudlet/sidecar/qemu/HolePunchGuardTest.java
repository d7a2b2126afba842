package io.cloudlet.sidecar.qemu;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.Callable;
import java.util.concurrent.FutureTask;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class HolePunchGuardTest {
  @TempDir private Path folder;

  @Test
  void keepsAFileWholeWhoeverPunchesIt() throws Exception {
    byte[] content = "x".repeat(1 << 16).getBytes(StandardCharsets.US_ASCII);
    Path file = Files.write(folder.resolve("file"), content);

    assertThat(onItsOwnThread(() -> guarded(file))).isZero();
    assertThat(file).hasBinaryContent(content);

    assertThat(onItsOwnThread(() -> punch(file))).isZero();
    assertThat(file).hasBinaryContent(new byte[content.length]);
  }

  private static int guarded(Path file) throws Exception {
    HolePunchGuard.install();
    return punch(file);
  }

  private static int punch(Path file) throws Exception {
    return new ProcessBuilder("fallocate", "-p", "-o", "0", "-l", "65536", file.toString())
        .inheritIO()
        .start()
        .waitFor();
  }

  private static int onItsOwnThread(Callable<Integer> action) throws Exception {
    FutureTask<Integer> task = new FutureTask<>(action);
    Thread.ofPlatform().start(task);
    return task.get();
  }
}
