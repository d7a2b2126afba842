package io.cloudlet.sidecar.image;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.attribute.BasicFileAttributes;

/**
 * A file of a folder in which others may exchange files at any moment: from now on this very one,
 * whatever is put under its name. A symbolic link is not followed, so it is what was pinned, and
 * serves for nothing.
 */
public final class PinnedFile implements AutoCloseable {
  private final NativeFile file;

  private PinnedFile(NativeFile file) {
    this.file = file;
  }

  /**
   * Pins what has a name now.
   *
   * @throws NoSuchFileException when nothing has
   */
  public static PinnedFile of(Path path) throws IOException {
    try {
      return new PinnedFile(NativeFile.openToPin(path));
    } catch (CloudletException e) {
      throw Files.exists(path, LinkOption.NOFOLLOW_LINKS)
          ? e
          : new NoSuchFileException(path.toString());
    }
  }

  /** A short name that leads to it until it is closed. */
  public Path path() {
    return Path.of("/proc/self/fd/" + file.descriptor());
  }

  /** Whether it is a file that can be read to its end. */
  public boolean isFile() {
    return Files.isRegularFile(path());
  }

  /** Whether it is a file that has no other name, anywhere. */
  public boolean isOnlyHere() throws IOException {
    return isFile() && (int) Files.getAttribute(path(), "unix:nlink") == 1;
  }

  /** Whether it is a socket, or another thing to talk through. */
  public boolean isEndpoint() throws IOException {
    return Files.readAttributes(path(), BasicFileAttributes.class).isOther();
  }

  @Override
  public void close() {
    file.close();
  }
}
