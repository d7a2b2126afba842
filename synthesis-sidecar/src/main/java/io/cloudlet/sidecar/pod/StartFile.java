package io.cloudlet.sidecar.pod;

import io.cloudlet.sidecar.kubelet.PodFolder;
import java.io.IOException;
import java.io.InterruptedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.time.Duration;
import java.util.List;

/**
 * What the agent and the first program of a VM's pod, {@code /usr/bin/cloudlet-vm}, tell each other
 * by files of the folder in which they meet.
 *
 * <pre>
 * start    the command, each argument ended by a NUL; the pod takes it away and runs it
 * unborn   there until the VM runs: until then the pod waits for another command when one ends,
 *          afterwards it ends with the command
 * ended    the exit code of a command that ended while the VM was unborn
 * </pre>
 */
record StartFile(PodFolder folder) {
  static final String START = "start";
  static final String UNBORN = "unborn";
  static final String ENDED = "ended";
  private static final String PARTIAL = "start.partial";
  private static final long POLL_MILLIS = 5;

  /** Has the pod run a command. */
  void write(List<String> command) throws IOException {
    Files.deleteIfExists(folder.file(ENDED));
    Files.deleteIfExists(folder.file(PARTIAL));
    mark();
    Files.writeString(
        folder.file(PARTIAL),
        String.join("\0", command) + "\0",
        StandardCharsets.UTF_8,
        StandardOpenOption.CREATE_NEW,
        StandardOpenOption.WRITE);
    folder.show(PARTIAL);
    Files.move(folder.file(PARTIAL), folder.file(START), StandardCopyOption.ATOMIC_MOVE);
  }

  private void mark() throws IOException {
    Files.deleteIfExists(folder.file(UNBORN));
    Files.createFile(folder.file(UNBORN));
  }

  /** Whether the command has ended. */
  boolean hasEnded() {
    return Files.exists(folder.file(ENDED));
  }

  /**
   * Waits until the pod has noted the end of a command that was unborn. One that does not do so in
   * time may be ending itself.
   */
  void awaitNoted(Duration limit) throws InterruptedIOException {
    long deadline = System.nanoTime() + limit.toNanos();
    while (Files.exists(folder.file(UNBORN)) && !hasEnded() && System.nanoTime() - deadline < 0) {
      try {
        Thread.sleep(POLL_MILLIS);
      } catch (InterruptedException e) {
        Thread.currentThread().interrupt();
        throw new InterruptedIOException("interrupted while a pod notes the end of its command");
      }
    }
  }

  /** From now on the pod ends with the command. */
  void born() throws IOException {
    Files.deleteIfExists(folder.file(UNBORN));
  }

  /** Takes a command back that the pod has not taken yet. */
  void takeBack() throws IOException {
    Files.deleteIfExists(folder.file(START));
    Files.deleteIfExists(folder.file(PARTIAL));
  }
}
