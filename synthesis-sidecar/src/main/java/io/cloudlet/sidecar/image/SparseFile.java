package io.cloudlet.sidecar.image;

import java.io.IOException;
import java.io.RandomAccessFile;
import java.lang.foreign.MemorySegment;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;

/**
 * A raw image file being written: ranges that nobody writes stay holes and read as zeros.
 *
 * <p>Writes at different places may come from several threads at once. Memory images are private
 * data, so the file is readable by its owner only.
 */
public final class SparseFile implements AutoCloseable {
  /** Keeps one write below the 2 GiB that a buffer holds. */
  private static final long LARGEST_WRITE = 1L << 30;

  private static final int ZEROS = 1 << 20;

  private final Path path;
  private final RandomAccessFile file;
  private final FileChannel channel;

  private SparseFile(Path path, RandomAccessFile file) {
    this.path = path;
    this.file = file;
    this.channel = file.getChannel();
  }

  /**
   * Makes a new file that is one hole, with mode 0600.
   *
   * @param length bytes, at least 0
   * @throws java.nio.file.FileAlreadyExistsException when there is one already
   */
  public static SparseFile create(Path path, long length) throws IOException {
    Files.createFile(
        path, PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rw-------")));
    SparseFile created = open(path);
    try {
      created.file.setLength(length);
      return created;
    } catch (IOException e) {
      created.close();
      Files.deleteIfExists(path);
      throw UnwritableException.of(path, e);
    }
  }

  /** Opens an existing file to write to it in place. */
  public static SparseFile open(Path path) throws IOException {
    return new SparseFile(path, new RandomAccessFile(path.toFile(), "rw"));
  }

  /** The file. */
  public Path path() {
    return path;
  }

  /** Bytes of the file. */
  public long length() throws IOException {
    return channel.size();
  }

  /** Writes a whole segment. Native segments are written without a copy. */
  public void write(long offset, MemorySegment source) throws IOException {
    long size = source.byteSize();
    for (long done = 0; done < size; ) {
      long part = Math.min(size - done, LARGEST_WRITE);
      write(offset + done, source.asSlice(done, part).asByteBuffer());
      done += part;
    }
  }

  /** Writes a buffer's remaining bytes. */
  public void write(long offset, ByteBuffer source) throws IOException {
    long at = offset;
    try {
      while (source.hasRemaining()) {
        at += channel.write(source, at);
      }
    } catch (IOException e) {
      throw UnwritableException.of(path, e);
    }
  }

  /**
   * Writes the pages of a segment that are not all zero. The others must be holes already.
   *
   * @param offset a multiple of the page size
   */
  public void writeNonZero(long offset, MemorySegment source) throws IOException {
    long whole = source.byteSize() & -Page.SIZE;
    long from = 0;
    for (long at = 0; at < whole; at += Page.SIZE) {
      if (Page.isZero(source, at)) {
        write(offset + from, source.asSlice(from, at - from));
        from = at + Page.SIZE;
      }
    }
    write(offset + from, source.asSlice(from));
  }

  /** Makes a range read as zeros, without blocks where the file system can. */
  public void punchHole(long offset, long length) throws IOException {
    try (NativeFile descriptor = NativeFile.openToWrite(path)) {
      if (descriptor.punchHole(offset, length)) {
        return;
      }
    }
    ByteBuffer zeros = ByteBuffer.allocateDirect((int) Math.min(ZEROS, length));
    for (long done = 0; done < length; done += zeros.limit()) {
      zeros.clear().limit((int) Math.min(zeros.capacity(), length - done));
      write(offset + done, zeros);
    }
  }

  /** Returns when all that was written is on the disk. */
  public void force() throws IOException {
    channel.force(true);
  }

  @Override
  public void close() throws IOException {
    file.close();
  }
}
