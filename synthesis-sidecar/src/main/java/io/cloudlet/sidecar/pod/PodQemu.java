package io.cloudlet.sidecar.pod;

import io.cloudlet.sidecar.image.CloudletException;
import io.cloudlet.sidecar.image.PinnedFile;
import io.cloudlet.sidecar.qemu.LiveQemu;
import io.cloudlet.sidecar.qemu.VmFiles;
import java.io.IOException;
import java.io.InterruptedIOException;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.NoSuchFileException;
import java.nio.file.StandardOpenOption;
import java.time.Duration;

/**
 * A QEMU in a pod. Its process cannot be seen from here, but QEMU holds a lock on the file with its
 * number for as long as it lives, and a lock is the kernel's matter: it knows no namespaces, ends
 * with whatever ends QEMU, and asking for it disturbs nobody.
 *
 * @param pod uid of its pod
 * @param files where it runs
 */
public record PodQemu(String pod, VmFiles files) implements LiveQemu {
  private static final long POLL_MILLIS = 20;
  private static final long LONGEST_LOG = 1 << 20;

  /** A second try of one process would be refused as such, whoever holds the lock. */
  private static final Object ONE_AT_A_TIME = new Object();

  @Override
  public boolean isAlive() throws IOException {
    synchronized (ONE_AT_A_TIME) {
      try (FileChannel number =
              FileChannel.open(
                  files.pid(),
                  StandardOpenOption.READ,
                  StandardOpenOption.WRITE,
                  LinkOption.NOFOLLOW_LINKS);
          FileLock free = number.tryLock()) {
        return free == null;
      } catch (NoSuchFileException e) {
        return false; // QEMU removes it when it ends in order.
      }
    }
  }

  /** QEMU may say the same thing for ever, such as of each page that its guest gives back. */
  public void boundLog() throws IOException {
    if (!Files.exists(files.log(), LinkOption.NOFOLLOW_LINKS)) {
      return;
    }
    try (PinnedFile there = PinnedFile.of(files.log())) {
      // What other VMs use has other names as well.
      if (there.isOnlyHere() && Files.size(there.path()) > LONGEST_LOG) {
        FileChannel.open(there.path(), StandardOpenOption.WRITE).truncate(0).close();
      }
    }
  }

  @Override
  public boolean ends(Duration limit) throws IOException {
    long deadline = System.nanoTime() + limit.toNanos();
    while (isAlive()) {
      if (System.nanoTime() - deadline > 0) {
        return false;
      }
      try {
        Thread.sleep(POLL_MILLIS);
      } catch (InterruptedException e) {
        Thread.currentThread().interrupt();
        throw new InterruptedIOException("interrupted while waiting for QEMU to end");
      }
    }
    return true;
  }

  /** Only its pod's end can do that. */
  @Override
  public void kill() throws IOException {
    if (isAlive()) {
      throw new CloudletException(
          "QEMU in the pod with uid " + pod + " does not end when told to; delete the pod");
    }
  }
}
