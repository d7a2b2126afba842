package io.cloudlet.sidecar.image;

import java.io.IOException;
import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.nio.channels.FileChannel;
import java.nio.channels.FileChannel.MapMode;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A raw image file, mapped read-only as a whole; holes cost no memory until they are read.
 *
 * <p>The file must not shrink while it is mapped: reading behind its new end would raise an {@link
 * InternalError}. Reads are thread-safe. The opener owns the mapping and closes it.
 */
public final class MappedImage implements PageSource {
  private final Path path;
  private final long length;
  private final Arena arena;
  private final MemorySegment segment;
  private @Nullable List<Extent> dataExtents;

  private MappedImage(Path path, long length, Arena arena, MemorySegment segment) {
    this.path = path;
    this.length = length;
    this.arena = arena;
    this.segment = segment;
  }

  /**
   * Maps a file as long as it is.
   *
   * @throws CloudletException when the file is missing or cannot be mapped
   */
  public static MappedImage open(Path path) throws IOException {
    try (FileChannel channel = FileChannel.open(path, StandardOpenOption.READ)) {
      return map(path, channel, channel.size());
    } catch (NoSuchFileException e) {
      throw new CloudletException("there is no image " + path, e);
    }
  }

  /**
   * Maps a file whose length is known from elsewhere.
   *
   * @param length bytes that the file has to have
   * @throws CorruptException when it is shorter or longer
   */
  public static MappedImage open(Path path, long length) throws IOException {
    try (FileChannel channel = FileChannel.open(path, StandardOpenOption.READ)) {
      long size = channel.size();
      if (size != length) {
        throw new CorruptException(
            path.toString(), Math.min(size, length), "has " + size + " bytes, not " + length);
      }
      return map(path, channel, size);
    } catch (NoSuchFileException e) {
      throw new CloudletException("there is no image " + path, e);
    }
  }

  @SuppressWarnings("restricted") // reinterpret: see the comment there
  private static MappedImage map(Path path, FileChannel channel, long length) throws IOException {
    Arena arena = Arena.ofShared();
    try {
      MemorySegment mapped = channel.map(MapMode.READ_ONLY, 0, length, arena);
      // The kernel maps whole pages and fills the last one with zeros behind the file's end.
      MemorySegment whole = mapped.reinterpret(Page.count(length) << Page.SHIFT, arena, null);
      return new MappedImage(path, length, arena, whole.asReadOnly());
    } catch (IOException | RuntimeException | Error e) {
      arena.close();
      throw e;
    }
  }

  /** The file. */
  public Path path() {
    return path;
  }

  @Override
  public long length() {
    return length;
  }

  /** The whole file, rounded up to whole pages; read-only. */
  @Override
  public MemorySegment segment() {
    return segment;
  }

  @Override
  public long offsetOf(long page) {
    return page << Page.SHIFT;
  }

  /**
   * The ranges of the file that are no holes, in ascending order and not touching. What lies
   * outside of them is zero; what lies inside may be zero too. Found once.
   */
  public synchronized List<Extent> dataExtents() throws IOException {
    if (dataExtents == null) {
      try (NativeFile file = NativeFile.openToRead(path)) {
        dataExtents = file.dataExtents(length);
      }
    }
    return dataExtents;
  }

  @Override
  public void close() {
    if (arena.scope().isAlive()) {
      arena.close();
    }
  }
}
