package io.cloudlet.sidecar.node;

import io.cloudlet.sidecar.image.Folders;
import java.io.IOException;
import java.io.InterruptedIOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.locks.LockSupport;

/**
 * The right to change one thing of the data directory, held by one command at a time.
 *
 * <p>The kernel releases it with the process, however that ends. Whoever holds it writes its number
 * and name into the file, for the message that others get. Not reentrant; any thread may close it.
 */
public final class ResourceLock implements AutoCloseable {
  /**
   * What this process holds. A POSIX lock belongs to the process: a second try would succeed, and
   * closing any descriptor of the file would release it.
   */
  private static final Set<Path> HELD = ConcurrentHashMap.newKeySet();

  private static final int LONGEST_HOLDER = 512;
  private static final Duration POLL = Duration.ofMillis(20);

  private final Path file;
  private final FileChannel channel;
  private final AtomicBoolean released = new AtomicBoolean();

  private ResourceLock(Path file, FileChannel channel) {
    this.file = file;
    this.channel = channel;
  }

  /**
   * Takes the lock, without waiting.
   *
   * @param folder where the lock's file lies; made when missing
   * @param name the lock's file; it is made when missing and stays
   * @param resource what it protects, for the message
   * @param command what this process does, for the message of others
   * @throws BusyException naming who holds it
   */
  public static ResourceLock acquire(Path folder, String name, String resource, String command)
      throws IOException {
    Path real = Folders.create(folder).toRealPath().resolve(name);
    if (!HELD.add(real)) {
      throw new BusyException(resource, "this process (" + command + ")");
    }
    ResourceLock lock = null;
    try {
      lock = lock(real, resource);
      lock.sign(command);
      return lock;
    } catch (IOException | RuntimeException e) {
      if (lock != null) {
        lock.channel.close();
      }
      HELD.remove(real);
      throw e;
    }
  }

  /** Takes the lock; waits for it when somebody holds it, and for so long at the most. */
  public static ResourceLock await(
      Path folder, String name, String resource, String command, Duration longest)
      throws IOException {
    long deadline = System.nanoTime() + longest.toNanos();
    while (true) {
      try {
        return acquire(folder, name, resource, command);
      } catch (BusyException e) {
        if (System.nanoTime() - deadline > 0) {
          throw e;
        }
        LockSupport.parkNanos(POLL.toNanos());
        if (Thread.interrupted()) {
          throw new InterruptedIOException("interrupted while waiting for " + resource);
        }
      }
    }
  }

  private static ResourceLock lock(Path file, String resource) throws IOException {
    FileChannel channel =
        FileChannel.open(
            file,
            Set.of(StandardOpenOption.CREATE, StandardOpenOption.READ, StandardOpenOption.WRITE),
            PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rw-------")));
    boolean locked = false;
    try {
      FileLock lock = channel.tryLock();
      if (lock == null) {
        throw new BusyException(resource, holder(channel));
      }
      locked = true;
      return new ResourceLock(file, channel);
    } finally {
      if (!locked) {
        channel.close();
      }
    }
  }

  private void sign(String command) throws IOException {
    String holder = "process " + ProcessHandle.current().pid() + " (" + command + ")";
    channel.truncate(0);
    channel.write(StandardCharsets.UTF_8.encode(holder), 0);
  }

  private static String holder(FileChannel channel) throws IOException {
    ByteBuffer text = ByteBuffer.allocate(LONGEST_HOLDER);
    channel.read(text, 0);
    String holder = StandardCharsets.UTF_8.decode(text.flip()).toString();
    return holder.isBlank() ? "another process" : holder;
  }

  /** Releases the lock, whatever happens; a second call does nothing. */
  @Override
  public void close() throws IOException {
    if (!released.compareAndSet(false, true)) {
      return;
    }
    // An interrupt would close the channel before the holder's name is out of it.
    boolean interrupted = Thread.interrupted();
    try (channel) {
      channel.truncate(0);
    } finally {
      HELD.remove(file);
      if (interrupted) {
        Thread.currentThread().interrupt();
      }
    }
  }
}
