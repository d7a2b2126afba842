package io.cloudlet.sidecar.image;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/** A file descriptor for what {@link java.nio.channels.FileChannel} cannot do. */
final class NativeFile implements AutoCloseable {
  private final Path path;
  private final int descriptor;
  private boolean closed;

  private NativeFile(Path path, int descriptor) {
    this.path = path;
    this.descriptor = descriptor;
  }

  static NativeFile openToRead(Path path) throws CloudletException {
    return open(path, Posix.O_RDONLY);
  }

  static NativeFile openToWrite(Path path) throws CloudletException {
    return open(path, Posix.O_RDWR);
  }

  /** To keep hold of, not to read or write. */
  static NativeFile openToPin(Path path) throws CloudletException {
    return open(path, Posix.O_PATH | Posix.O_NOFOLLOW);
  }

  int descriptor() {
    return descriptor;
  }

  private static NativeFile open(Path path, int flags) throws CloudletException {
    int result;
    do {
      result = Posix.open(path, flags);
    } while (result == -Posix.EINTR);
    if (result < 0) {
      throw new CloudletException("cannot open " + path + ": " + Posix.message(-result));
    }
    return new NativeFile(path, result);
  }

  /**
   * The ranges below {@code length} that are no holes, in ascending order. A file system that knows
   * no holes gives one range.
   */
  List<Extent> dataExtents(long length) throws CloudletException {
    List<Extent> extents = new ArrayList<>();
    long at = 0;
    while (at < length) {
      long data = Posix.lseek(descriptor, at, Posix.SEEK_DATA);
      if (data == -Posix.ENXIO || data >= length) {
        break;
      }
      long hole = data < 0 ? data : Posix.lseek(descriptor, data, Posix.SEEK_HOLE);
      if (hole < 0) {
        throw failed("find the holes of", hole);
      }
      extents.add(new Extent(data, Math.min(hole, length) - data));
      at = hole;
    }
    return List.copyOf(extents);
  }

  /** Maps the file, read-only, over what is mapped at an address. */
  void mapAt(long address, long length) throws CloudletException {
    int flags = Posix.MAP_SHARED | Posix.MAP_FIXED;
    long result = Posix.map(address, length, Posix.PROT_READ, flags, descriptor);
    if (result < 0) {
      throw failed("map", result);
    }
  }

  /** Gives the blocks of a range back; it reads as zeros then. False where that is not possible. */
  boolean punchHole(long offset, long length) {
    int mode = Posix.FALLOC_FL_PUNCH_HOLE | Posix.FALLOC_FL_KEEP_SIZE;
    return Posix.fallocate(descriptor, mode, offset, length) == 0;
  }

  /** Takes blocks for a range, and makes the file that long; what is written there later fits. */
  void reserve(long offset, long length) throws CloudletException {
    int result;
    do {
      result = Posix.fallocate(descriptor, 0, offset, length);
    } while (result == -Posix.EINTR);
    if (result < 0 && result != -Posix.EOPNOTSUPP) {
      throw failed("reserve " + length + " bytes for", result);
    }
  }

  /** Begins to write the whole file to the disk; where that is not possible nothing happens. */
  void startWriteback() {
    Posix.syncFileRange(descriptor, 0, 0, Posix.SYNC_FILE_RANGE_WRITE);
  }

  /** Shares all blocks of {@code source}. False where the file system cannot. */
  boolean cloneFrom(NativeFile source) {
    return Posix.clone(descriptor, source.descriptor) == 0;
  }

  @Override
  public void close() {
    if (!closed) {
      closed = true;
      Posix.close(descriptor);
    }
  }

  private CloudletException failed(String what, long negatedErrno) {
    return new CloudletException(
        "cannot " + what + " " + path + ": " + Posix.message(-negatedErrno));
  }
}
