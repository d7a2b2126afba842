package io.cloudlet.sidecar.node;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

/**
 * A verified file in the data directory, which is gone when this is closed or its process dies.
 * Move it elsewhere to keep it.
 *
 * @param path where it lies
 */
public record FetchedFile(Path path) implements AutoCloseable {
  @Override
  public void close() throws IOException {
    Files.deleteIfExists(path);
  }
}
