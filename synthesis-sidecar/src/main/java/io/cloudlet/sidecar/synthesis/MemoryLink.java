package io.cloudlet.sidecar.synthesis;

import java.io.IOException;
import java.nio.file.FileSystemException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;

/**
 * A VM's hard link, in its own folder, to the memory file that it maps: keeps the file for as long
 * as there is the VM, and shows that it is in use. Closing removes it unless it is kept.
 */
final class MemoryLink implements AutoCloseable {
  private static final String NAME = "memory.raw";

  private final Path file;
  private final Path link;
  private boolean kept;

  private MemoryLink(Path file, Path link) {
    this.file = file;
    this.link = link;
  }

  /**
   * Links a file; where it lies on another file system, the VM maps it without a link.
   *
   * @throws NoSuchFileException when the file is gone
   */
  static MemoryLink create(Path file, Path folder) throws IOException {
    Path link = folder.resolve(NAME);
    Files.deleteIfExists(link);
    try {
      return new MemoryLink(Files.createLink(link, file), link);
    } catch (NoSuchFileException e) {
      throw e;
    } catch (FileSystemException | UnsupportedOperationException e) {
      return new MemoryLink(file, link);
    }
  }

  /** What to map. */
  Path file() {
    return file;
  }

  /** The VM runs. */
  void keep() {
    kept = true;
  }

  @Override
  public void close() throws IOException {
    if (!kept) {
      Files.deleteIfExists(link);
    }
  }
}
