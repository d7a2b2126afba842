package io.cloudlet.sidecar.image;

import java.io.IOException;
import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.util.List;

/**
 * Several files, mapped read-only one after another into one range of addresses, so that one
 * segment holds them all. Each begins at a multiple of the page size. The opener closes it.
 */
final class MappedRange implements AutoCloseable {
  private final Arena arena;
  private final MemorySegment segment;
  private final long[] starts;

  private MappedRange(Arena arena, MemorySegment segment, long[] starts) {
    this.arena = arena;
    this.segment = segment;
    this.starts = starts;
  }

  /**
   * Maps files a second time.
   *
   * @param files with at least a byte each; stay the caller's
   */
  static MappedRange of(List<MappedImage> files) throws IOException {
    long[] starts = new long[files.size()];
    long length = 0;
    for (int i = 0; i < starts.length; i++) {
      starts[i] = length;
      length += files.get(i).segment().byteSize();
    }
    Arena arena = Arena.ofShared();
    try {
      MemorySegment range = reserve(length, arena);
      for (int i = 0; i < starts.length; i++) {
        map(files.get(i), range.address() + starts[i]);
      }
      return new MappedRange(arena, range.asReadOnly(), starts);
    } catch (IOException | RuntimeException | Error e) {
      arena.close();
      throw e;
    }
  }

  /** Addresses that nobody else gets; they are given back with the arena. */
  @SuppressWarnings("restricted") // The range has been reserved with exactly this length.
  private static MemorySegment reserve(long length, Arena arena) throws CloudletException {
    int flags = Posix.MAP_PRIVATE | Posix.MAP_ANONYMOUS | Posix.MAP_NORESERVE;
    long address = Posix.map(0, length, Posix.PROT_NONE, flags, -1);
    if (address < 0) {
      throw new CloudletException(
          "cannot reserve " + length + " bytes of addresses: " + Posix.message(-address));
    }
    return MemorySegment.ofAddress(address)
        .reinterpret(length, arena, range -> Posix.unmap(range.address(), length));
  }

  private static void map(MappedImage file, long address) throws IOException {
    try (NativeFile opened = NativeFile.openToRead(file.path())) {
      opened.mapAt(address, file.length());
    }
  }

  /** All files. */
  MemorySegment segment() {
    return segment;
  }

  /** Where a file begins in the segment. */
  long start(int file) {
    return starts[file];
  }

  @Override
  public void close() {
    arena.close();
  }
}
