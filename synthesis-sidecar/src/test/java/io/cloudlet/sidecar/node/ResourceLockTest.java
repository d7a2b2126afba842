package io.cloudlet.sidecar.node;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ResourceLockTest {
  @TempDir Path folder;

  @Test
  void refusesASecondHolderInThisProcessAndKeepsTheFirst() throws Exception {
    ResourceLock first = ResourceLock.acquire(folder, "vm-web", "VM web", "overlay create");
    assertThatThrownBy(() -> ResourceLock.acquire(folder, "vm-web", "VM web", "vm rm"))
        .isInstanceOf(BusyException.class)
        .hasMessageContaining("VM web is in use by");
    assertThat(otherProcessGets()).isFalse();
    first.close();
    assertThat(otherProcessGets()).isTrue();
  }

  @Test
  void namesTheProcessThatHoldsIt() throws Exception {
    Process holder = start("hold");
    try {
      assertThat(holder.inputReader().readLine()).isEqualTo("acquired");
      assertThatThrownBy(() -> ResourceLock.acquire(folder, "vm-web", "VM web", "vm rm"))
          .isInstanceOf(BusyException.class)
          .hasMessage(
              "VM web is in use by process %d (overlay create);"
                  + " wait until it has ended, or end it",
              holder.pid());
    } finally {
      holder.destroyForcibly();
      assertThat(holder.waitFor(20, TimeUnit.SECONDS)).isTrue();
    }
    ResourceLock.acquire(folder, "vm-web", "VM web", "vm rm").close();
  }

  @Test
  void closingTwiceReleasesNobodyElsesLock() throws Exception {
    ResourceLock first = ResourceLock.acquire(folder, "vm-web", "VM web", "one");
    first.close();
    try (ResourceLock second = ResourceLock.acquire(folder, "vm-web", "VM web", "two")) {
      first.close();
      assertThat(second).isNotNull();
      assertThatThrownBy(() -> ResourceLock.acquire(folder, "vm-web", "VM web", "three"))
          .isInstanceOf(BusyException.class);
    }
  }

  @Test
  void isReleasedByAnInterruptedThread() throws Exception {
    ResourceLock first = ResourceLock.acquire(folder, "vm-web", "VM web", "one");
    Thread.currentThread().interrupt();
    first.close();
    assertThat(Thread.interrupted()).isTrue();
    ResourceLock.acquire(folder, "vm-web", "VM web", "two").close();
  }

  @Test
  void anInterruptedThreadGetsNoneAndLeavesNone() throws Exception {
    Thread.currentThread().interrupt();
    assertThatThrownBy(() -> ResourceLock.acquire(folder, "vm-web", "VM web", "one"))
        .isInstanceOf(IOException.class);
    assertThat(Thread.interrupted()).isTrue();
    ResourceLock.acquire(folder, "vm-web", "VM web", "two").close();
  }

  private boolean otherProcessGets() throws Exception {
    Process process = start("try");
    assertThat(process.waitFor(20, TimeUnit.SECONDS)).isTrue();
    return process.exitValue() == 0;
  }

  private Process start(String mode) throws IOException {
    return new ProcessBuilder(
            Path.of(System.getProperty("java.home"), "bin", "java").toString(),
            "-cp",
            System.getProperty("java.class.path"),
            Holder.class.getName(),
            folder.toString(),
            mode)
        .redirectError(ProcessBuilder.Redirect.INHERIT)
        .start();
  }

  /** Another process that takes a lock. */
  static final class Holder {
    private Holder() {}

    public static void main(String[] arguments) throws Exception {
      Path folder = Path.of(arguments[0]);
      try (ResourceLock lock = ResourceLock.acquire(folder, "vm-web", "VM web", "overlay create")) {
        System.out.println(lock == null ? "" : "acquired");
        while (arguments[1].equals("hold") && Files.exists(folder)) {
          Thread.sleep(50);
        }
      } catch (BusyException e) {
        System.exit(1);
      }
    }
  }
}
