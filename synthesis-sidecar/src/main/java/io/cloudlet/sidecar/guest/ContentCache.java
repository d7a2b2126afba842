package io.cloudlet.sidecar.guest;

import io.cloudlet.sidecar.image.CloudletException;
import io.cloudlet.sidecar.image.Digest;
import io.cloudlet.sidecar.image.Folders;
import io.cloudlet.sidecar.image.Partials;
import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.channels.OverlappingFileLockException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.time.Duration;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * Folders that are expensive to make, kept under a name that says what they were made from.
 *
 * <p>A folder appears under its name only when it is complete. Of several makers of one folder, in
 * this process or others, one works and the others wait for it; when it dies, the next takes over.
 * Thread-safe.
 *
 * @param root where the folders lie
 * @param patience how long to wait for another maker
 */
record ContentCache(Path root, Duration patience) {
  private static final long POLL_MILLIS = 100;

  /** Fills an empty folder. */
  @FunctionalInterface
  interface Maker {
    /** Fills {@code folder}; an exception discards it. */
    void make(Path folder) throws IOException;
  }

  /** The cache of this user: {@code CLOUDLET_CACHE}, or {@code ~/.cache/cloudlet}. */
  static Path defaultRoot() {
    String configured = System.getenv("CLOUDLET_CACHE");
    return configured != null && !configured.isBlank()
        ? Path.of(configured).toAbsolutePath()
        : Path.of(System.getProperty("user.home"), ".cache", "cloudlet");
  }

  /**
   * The folder for this content, made when there is none.
   *
   * @param name what it is, for people
   * @param content digest of everything it is made from
   */
  Path folder(String name, Digest content, BuildProgress progress, Maker maker) throws IOException {
    Path target = root.resolve(name + "-" + content.hex().substring(0, 16));
    if (Files.isDirectory(target)) {
      return target;
    }
    Folders.create(root);
    Path lockFile = root.resolve("." + target.getFileName() + ".lock");
    try (FileChannel channel =
            FileChannel.open(lockFile, StandardOpenOption.CREATE, StandardOpenOption.WRITE);
        FileLock _ = lock(channel, target, progress)) {
      if (!Files.isDirectory(target)) {
        Partials.clean(root);
        make(target, maker);
      }
    }
    return target;
  }

  private static void make(Path target, Maker maker) throws IOException {
    Path partial = Folders.create(Partials.siblingOf(target));
    try {
      maker.make(partial);
      Files.move(partial, target, StandardCopyOption.ATOMIC_MOVE);
    } finally {
      Partials.deleteTree(partial);
    }
  }

  private FileLock lock(FileChannel channel, Path target, BuildProgress progress)
      throws IOException {
    Instant deadline = Instant.now().plus(patience);
    boolean said = false;
    while (true) {
      FileLock lock = tryLock(channel);
      if (lock != null) {
        return lock;
      }
      if (!said) {
        progress.step("waiting for another process that makes " + target);
        said = true;
      }
      if (Instant.now().isAfter(deadline)) {
        throw new CloudletException(
            "another process has been making "
                + target
                + " for more than "
                + patience.toSeconds()
                + " s; wait for it or end it");
      }
      pause(target);
    }
  }

  private static @Nullable FileLock tryLock(FileChannel channel) throws IOException {
    try {
      return channel.tryLock();
    } catch (OverlappingFileLockException e) {
      // Another thread of this process is the maker.
      return null;
    }
  }

  private static void pause(Path target) throws CloudletException {
    try {
      Thread.sleep(POLL_MILLIS);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new CloudletException("interrupted while waiting for " + target, e);
    }
  }
}
