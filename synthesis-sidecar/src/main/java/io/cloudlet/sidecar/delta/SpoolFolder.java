package io.cloudlet.sidecar.delta;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

/** Chooses where changed memory waits for its encoding. */
public final class SpoolFolder {
  private static final Path SHARED_MEMORY = Path.of("/dev/shm");

  private SpoolFolder() {}

  /**
   * A folder in memory when it is there and keeps half of itself free with {@code bytes} in it,
   * else {@code fallback}: the guest waits for the spool while it stands still.
   */
  public static Path choose(long bytes, Path fallback) {
    return choose(SHARED_MEMORY, bytes, fallback);
  }

  static Path choose(Path memory, long bytes, Path fallback) {
    try {
      boolean usable = Files.isDirectory(memory) && Files.isWritable(memory);
      long free = usable ? Files.getFileStore(memory).getUsableSpace() : 0;
      return bytes <= free / 2 ? memory : fallback;
    } catch (IOException e) {
      return fallback;
    }
  }
}
