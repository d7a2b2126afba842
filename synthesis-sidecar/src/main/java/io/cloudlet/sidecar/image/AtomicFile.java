package io.cloudlet.sidecar.image;

import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Set;

/**
 * A file that appears under its name only when it is complete.
 *
 * <p>Write to {@link #channel} (or to {@link #path} by other means), then {@link #commit}. Closing
 * without a commit removes what was written. Not thread-safe itself; the channel is.
 */
public final class AtomicFile implements AutoCloseable {
  private final Path target;
  private final Path partial;
  private final FileChannel channel;
  private final Durability durability;
  private boolean done;

  private AtomicFile(Path target, Path partial, FileChannel channel, Durability durability) {
    this.target = target;
    this.partial = partial;
    this.channel = channel;
    this.durability = durability;
  }

  /**
   * Begins a file with mode 0600 beside {@code target}.
   *
   * @throws CloudletException when the target's folder does not exist, or the target is there and
   *     no file: a folder, or a device, which a rename would replace
   */
  public static AtomicFile create(Path target, Durability durability) throws IOException {
    requireFile(target);
    Path absolute = target.toAbsolutePath();
    Path partial = Partials.siblingOf(absolute);
    return new AtomicFile(absolute, partial, open(partial), durability);
  }

  /**
   * Refuses what {@link #create} refuses of a target that is there.
   *
   * @throws CloudletException naming what it is
   */
  public static void requireFile(Path target) throws CloudletException {
    if (Files.exists(target) && !Files.isRegularFile(target)) {
      String what = Files.isDirectory(target) ? "a folder" : "a device or a pipe";
      throw new CloudletException(target + " is " + what + "; name a file");
    }
  }

  private static FileChannel open(Path partial) throws IOException {
    try {
      return FileChannel.open(
          partial,
          Set.of(StandardOpenOption.CREATE_NEW, StandardOpenOption.READ, StandardOpenOption.WRITE),
          PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rw-------")));
    } catch (NoSuchFileException e) {
      throw new CloudletException(
          "there is no folder " + partial.getParent() + "; make it first", e);
    }
  }

  /** Where the content lies until the commit. */
  public Path path() {
    return partial;
  }

  /** To read and write the content; ends with the commit. */
  public FileChannel channel() {
    return channel;
  }

  /**
   * Makes the file this long, and takes the blocks for it. Whoever writes through a mapping needs
   * this: a disk that is full then could not be told by an exception.
   */
  public void reserve(long length) throws IOException {
    try (NativeFile file = NativeFile.openToWrite(partial)) {
      file.reserve(0, length);
    }
  }

  /** Lets the kernel begin to write to the disk what the commit would have to wait for. */
  public void startWriteback() throws IOException {
    try (NativeFile file = NativeFile.openToWrite(partial)) {
      file.startWriteback();
    }
  }

  /** Gives the file its name, in place of a file that had it. */
  public void commit() throws IOException {
    if (durability == Durability.DURABLE) {
      channel.force(true);
    }
    channel.close();
    Files.move(partial, target, StandardCopyOption.ATOMIC_MOVE);
    done = true;
    if (durability == Durability.DURABLE) {
      Folders.force(target.resolveSibling("."));
    }
  }

  /** Removes the file unless it was committed. */
  @Override
  public void close() throws IOException {
    if (!done) {
      done = true;
      channel.close();
      Files.deleteIfExists(partial);
    }
  }
}
