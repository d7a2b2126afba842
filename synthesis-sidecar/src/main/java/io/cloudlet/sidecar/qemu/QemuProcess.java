package io.cloudlet.sidecar.qemu;

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
public record QemuProcess(VmFiles files, ProcessHandle process) implements LiveQemu {
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

  @Override
  public boolean isAlive() {
    return process.isAlive();
  }

  @Override
  public void kill() throws IOException {
    process.destroyForcibly();
    if (!ends(KILL_LIMIT)) {
      throw new QemuTimeoutException("QEMU (process " + pid() + ") did not die", KILL_LIMIT);
    }
    Files.deleteIfExists(files.pid());
  }

  @Override
  public boolean ends(Duration limit) throws IOException {
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
