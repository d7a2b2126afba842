package io.cloudlet.sidecar.qemu;

import io.cloudlet.sidecar.image.CloudletException;
import java.io.IOException;
import java.io.InterruptedIOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

/**
 * A QEMU on this machine that this program, or an earlier run of it, started in a VM's folder. It
 * outlives this program.
 *
 * @param files where it runs
 * @param process its process
 */
public record QemuProcess(VmFiles files, ProcessHandle process) {
  private static final Duration KILL_LIMIT = Duration.ofSeconds(10);

  /**
   * Finds the QEMU that runs in a folder. The number that QEMU left there may be another process's
   * by now: it counts only when that process works in this folder.
   */
  public static Optional<QemuProcess> find(VmFiles files) throws IOException {
    try {
      long pid = Long.parseLong(Files.readString(files.pid()).strip());
      Path worksIn = Files.readSymbolicLink(Path.of("/proc/" + pid + "/cwd"));
      return worksIn.equals(files.folder().toRealPath())
          ? ProcessHandle.of(pid).map(process -> new QemuProcess(files, process))
          : Optional.empty();
    } catch (NoSuchFileException | NumberFormatException e) {
      return Optional.empty();
    }
  }

  /** Its number. */
  public long pid() {
    return process.pid();
  }

  /** What the layers above use. */
  public VmHandle handle() {
    return files.handle();
  }

  /**
   * Presses the guest's power button. A guest that stands still, knows no ACPI or has nobody who
   * listens does not react.
   *
   * @param limit for the guest to shut down
   * @return whether QEMU has ended
   */
  public boolean powerDown(Duration limit) throws IOException {
    try (QmpClient qmp = QmpClient.connect(files.qmp(), limit)) {
      if (!PausedVm.isRunning(qmp)) {
        return false;
      }
      qmp.execute("system_powerdown");
    } catch (QemuTimeoutException | QemuGoneException e) {
      return false; // Whoever asks goes on to end it.
    }
    return exits(limit);
  }

  /**
   * Ends QEMU: by request, and by force when it does not end in time. What the guest has written to
   * its disk is kept; the guest is not asked.
   *
   * @param limit for the request
   */
  public void stop(Duration limit) throws IOException {
    try (QmpClient qmp = QmpClient.connect(files.qmp(), limit)) {
      qmp.execute("quit");
    } catch (QemuTimeoutException e) {
      kill();
      return;
    } catch (CloudletException e) {
      // It is ending already, with its disks still to be written: that is what is waited for.
    }
    if (!exits(limit)) {
      kill();
    }
  }

  /** Ends QEMU at once. */
  public void kill() throws IOException {
    process.destroyForcibly();
    if (!exits(KILL_LIMIT)) {
      throw new QemuTimeoutException("QEMU (process " + pid() + ") did not die", KILL_LIMIT);
    }
    Files.deleteIfExists(files.pid());
  }

  private boolean exits(Duration limit) throws IOException {
    try {
      process.onExit().get(limit.toNanos(), TimeUnit.NANOSECONDS);
      return true;
    } catch (TimeoutException e) {
      return false;
    } catch (ExecutionException e) {
      throw new AssertionError(e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new InterruptedIOException("interrupted while waiting for QEMU to end");
    }
  }
}
