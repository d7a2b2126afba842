package io.cloudlet.sidecar.image;

import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
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

  /** Begins a file with mode 0600 beside {@code target}, whose folder exists. */
  public static AtomicFile create(Path target, Durability durability) throws IOException {
    Path partial = Partials.siblingOf(target.toAbsolutePath());
    FileChannel channel =
        FileChannel.open(
            partial,
            Set.of(
                StandardOpenOption.CREATE_NEW, StandardOpenOption.READ, StandardOpenOption.WRITE),
            PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rw-------")));
    return new AtomicFile(target.toAbsolutePath(), partial, channel, durability);
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
