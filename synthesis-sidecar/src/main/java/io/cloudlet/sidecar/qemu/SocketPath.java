package io.cloudlet.sidecar.qemu;

import java.io.IOException;
import java.net.UnixDomainSocketAddress;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;

/**
 * The path of a Unix socket to be made in at most the 106 bytes that Java takes, one fewer than the
 * kernel does: a longer one is reached through a symbolic link in a temporary folder, which lasts
 * until {@link #close}.
 */
final class SocketPath implements AutoCloseable {
  private static final int MAX_BYTES = 106;

  private final Path path;
  private final Path folder;
  private final boolean linked;

  private SocketPath(Path path, Path folder, boolean linked) {
    this.path = path;
    this.folder = folder;
    this.linked = linked;
  }

  static SocketPath of(Path socket) throws IOException {
    Path absolute = socket.toAbsolutePath();
    Path parent = absolute.getParent();
    Path name = absolute.getFileName();
    if (parent == null || name == null || bytes(absolute) <= MAX_BYTES) {
      return new SocketPath(absolute, absolute, false);
    }
    Path folder = Files.createTempDirectory("cloudlet");
    Path link = Files.createSymbolicLink(folder.resolve("s"), parent);
    return new SocketPath(link.resolve(name), folder, true);
  }

  Path path() {
    return path;
  }

  UnixDomainSocketAddress address() {
    return UnixDomainSocketAddress.of(path);
  }

  @Override
  public void close() throws IOException {
    if (linked) {
      Files.deleteIfExists(folder.resolve("s"));
      Files.deleteIfExists(folder);
    }
  }

  private static int bytes(Path path) {
    return path.toString().getBytes(StandardCharsets.UTF_8).length;
  }
}
