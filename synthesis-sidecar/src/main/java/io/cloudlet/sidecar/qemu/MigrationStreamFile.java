package io.cloudlet.sidecar.qemu;

import java.io.IOException;
import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.nio.channels.FileChannel;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;

/**
 * A file that holds a migration stream, as QEMU writes it with {@code migrate "exec:cat > FILE"},
 * mapped into memory.
 *
 * <p>Pages handed to a handler lie in the mapping and stay valid until {@link #close}. The file
 * must not shrink meanwhile. Thread-safe for reading.
 */
public final class MigrationStreamFile implements AutoCloseable {
  private static final long PIECE = 1L << 30;

  private final Path path;
  private final Arena arena;
  private final MemorySegment content;

  private MigrationStreamFile(Path path, Arena arena, MemorySegment content) {
    this.path = path;
    this.arena = arena;
    this.content = content;
  }

  /** Maps a file. */
  public static MigrationStreamFile open(Path path) throws IOException {
    Arena arena = Arena.ofShared();
    try (FileChannel channel = FileChannel.open(path, StandardOpenOption.READ)) {
      MemorySegment content = channel.map(FileChannel.MapMode.READ_ONLY, 0, channel.size(), arena);
      return new MigrationStreamFile(path, arena, content);
    } catch (Throwable t) {
      arena.close();
      throw t;
    }
  }

  /** Bytes of the file. */
  public long length() {
    return content.byteSize();
  }

  /** Hands the whole stream to a handler; may be called again. */
  public void read(MigrationStreamHandler handler) throws IOException {
    MigrationStreamReader reader = new MigrationStreamReader(path.toString(), handler);
    for (long at = 0; at < content.byteSize(); at += PIECE) {
      long length = Math.min(PIECE, content.byteSize() - at);
      reader.feed(content.asSlice(at, length).asByteBuffer());
    }
    reader.finish();
  }

  /** Unmaps. */
  @Override
  public void close() {
    arena.close();
  }
}
