package io.cloudlet.sidecar.qemu;

import java.io.IOException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/**
 * The processes that work in a folder. Every QEMU works in its VM's folder, so this finds it even
 * when nobody has had the time to note its number.
 */
public final class FolderProcesses {
  private static final int POLLS = 500;
  private static final long POLL_MILLIS = 10;

  private FolderProcesses() {}

  /** Those that this user may look at. */
  public static List<ProcessHandle> in(Path folder) throws IOException {
    Path real = folder.toRealPath();
    List<ProcessHandle> found = new ArrayList<>();
    try (DirectoryStream<Path> processes = Files.newDirectoryStream(Path.of("/proc"), "[0-9]*")) {
      for (Path process : processes) {
        if (worksIn(process, real)) {
          ProcessHandle.of(Long.parseLong(process.getFileName().toString())).ifPresent(found::add);
        }
      }
    }
    return found;
  }

  private static boolean worksIn(Path process, Path folder) {
    try {
      return Files.readSymbolicLink(process.resolve("cwd")).equals(folder);
    } catch (IOException e) {
      return false; // It has ended, or is another user's.
    }
  }

  /** Ends them by force and waits until they are gone. Is not stopped by an interrupt. */
  public static void end(Path folder) throws IOException {
    boolean interrupted = false;
    List<ProcessHandle> left = in(folder);
    left.forEach(ProcessHandle::destroyForcibly);
    for (int i = 0; i < POLLS && !left.isEmpty(); i++) {
      try {
        Thread.sleep(POLL_MILLIS);
      } catch (InterruptedException e) {
        interrupted = true;
      }
      left = in(folder);
    }
    if (interrupted) {
      Thread.currentThread().interrupt();
    }
  }
}
