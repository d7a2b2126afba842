package io.cloudlet.sidecar.synthesis;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

/** Removes a file of a VM again unless the VM comes to run. */
final class UnfinishedFile implements AutoCloseable {
  private final Path path;
  private boolean kept;

  UnfinishedFile(Path path) {
    this.path = path;
  }

  void keep() {
    kept = true;
  }

  @Override
  public void close() throws IOException {
    if (!kept) {
      Files.deleteIfExists(path);
    }
  }
}
