package io.cloudlet.standalone.kubernetes;

import io.cloudlet.sidecar.image.CloudletException;
import io.cloudlet.sidecar.node.ProcessId;
import java.io.IOException;
import java.io.InterruptedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;

/**
 * Which processes serve a folder, written down for whoever finds them without their parent.
 *
 * @param file one process per line
 */
record RecordedProcesses(Path file) {
  private static final int POLLS = 500;
  private static final int POLL_MILLIS = 20;

  void write(Stream<ProcessId> processes) throws IOException {
    new SecretFile(file)
        .write(String.join("\n", processes.map(ProcessId::toString).toList()) + "\n");
  }

  /** Kills those that still live; how many there were. The caller holds the folder's lock. */
  int end() throws IOException {
    List<ProcessId> living = read().stream().filter(ProcessId::isAlive).toList();
    for (ProcessId process : living) {
      ProcessHandle.of(process.pid()).ifPresent(ProcessHandle::destroyForcibly);
    }
    for (ProcessId process : living) {
      awaitEnd(process);
    }
    Files.deleteIfExists(file);
    return living.size();
  }

  private List<ProcessId> read() throws IOException {
    if (!Files.exists(file)) {
      return List.of();
    }
    return Files.readAllLines(file).stream()
        .filter(line -> !line.isBlank())
        .map(ProcessId::parse)
        .toList();
  }

  private static void awaitEnd(ProcessId process) throws IOException {
    for (int i = 0; process.isAlive(); i++) {
      if (i == POLLS) {
        throw new CloudletException(
            "process " + process.pid() + " of an earlier run does not end; end it with kill -9");
      }
      try {
        Thread.sleep(POLL_MILLIS);
      } catch (InterruptedException e) {
        throw new InterruptedIOException("interrupted while ending what an earlier run left");
      }
    }
  }
}
