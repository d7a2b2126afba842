package io.cloudlet.sidecar.synthesis;

import io.cloudlet.sidecar.qemu.QemuHost;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;

/**
 * A VM's hard link, in its own folder, to a file of the cache that it uses: keeps the file for as
 * long as there is the VM, and shows that it is in use. Closing removes it unless it is kept.
 */
final class CacheLink implements AutoCloseable {
  private final Path file;
  private final Path link;
  private boolean kept;

  private CacheLink(Path file, Path link) {
    this.file = file;
    this.link = link;
  }

  /**
   * Links a file, in place of an earlier link. Where the VM runs in another file system, there is
   * no link.
   *
   * @param link in the VM's folder
   * @throws NoSuchFileException when the file is gone
   */
  static CacheLink create(QemuHost host, Path file, Path link) throws IOException {
    boolean linked = host.link(file, String.valueOf(link.getFileName()));
    return new CacheLink(linked ? link : file, link);
  }

  /** Whether the VM's folder has the file. */
  boolean isLinked() {
    return file.equals(link);
  }

  /** The link if there is one, else the file itself. */
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
