package io.cloudlet.sidecar.delta;

import io.cloudlet.sidecar.image.CloudletException;
import io.cloudlet.sidecar.image.Page;
import java.io.IOException;
import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Set;

/**
 * Pages appended to a file that has no name, so that nothing of it remains whatever happens to the
 * process. Written in large pieces. For one thread.
 */
final class SpoolFile implements AutoCloseable {
  private static final int STAGED = 1 << 20;

  private final Path folder;
  private final FileChannel channel;
  private final Arena arena = Arena.ofShared();
  private final MemorySegment staging = arena.allocate(STAGED, Page.SIZE);
  private int staged;
  private long written;

  private SpoolFile(Path folder, FileChannel channel) {
    this.folder = folder;
    this.channel = channel;
  }

  /** Begins a spool in a folder with room. */
  static SpoolFile create(Path folder) throws IOException {
    // Guest memory is private data.
    Path file =
        Files.createTempFile(
            folder,
            "spool",
            "",
            PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rw-------")));
    try {
      Set<StandardOpenOption> options = Set.of(StandardOpenOption.READ, StandardOpenOption.WRITE);
      return new SpoolFile(folder, FileChannel.open(file, options));
    } finally {
      Files.delete(file);
    }
  }

  /** Appends a page and returns its number, from 0 on. */
  int append(MemorySegment data, long at) throws IOException {
    MemorySegment.copy(data, at, staging, staged, Page.SIZE);
    return appended();
  }

  /** Writes a page that was appended anew. */
  void replace(int number, MemorySegment data, long at) throws IOException {
    long place = (long) number << Page.SHIFT;
    if (place >= written) {
      MemorySegment.copy(data, at, staging, place - written, Page.SIZE);
      return;
    }
    ByteBuffer page = data.asSlice(at, Page.SIZE).asByteBuffer();
    while (page.hasRemaining()) {
      channel.write(page, place + page.position());
    }
  }

  /** Appends a page of equal bytes. */
  int append(byte value) throws IOException {
    staging.asSlice(staged, Page.SIZE).fill(value);
    return appended();
  }

  /** Maps all that was appended; the caller owns the mapping's arena. */
  MemorySegment map(Arena owner) throws IOException {
    flush();
    return channel.map(FileChannel.MapMode.READ_ONLY, 0, written, owner);
  }

  private int appended() throws IOException {
    int number = (int) ((written + staged) >>> Page.SHIFT);
    staged += Page.SIZE;
    if (staged == STAGED) {
      flush();
    }
    return number;
  }

  private void flush() throws IOException {
    ByteBuffer rest = staging.asSlice(0, staged).asByteBuffer();
    try {
      while (rest.hasRemaining()) {
        channel.write(rest);
      }
    } catch (IOException e) {
      throw new CloudletException(
          "changed memory cannot be kept in "
              + folder
              + " after "
              + written
              + " bytes: "
              + e.getMessage()
              + "; make room there",
          e);
    }
    written += staged;
    staged = 0;
  }

  @Override
  public void close() throws IOException {
    channel.close();
    if (arena.scope().isAlive()) {
      arena.close();
    }
  }
}
