package io.cloudlet.sidecar.qemu;

import io.cloudlet.sidecar.image.PinnedFile;
import java.io.IOException;
import java.net.StandardProtocolFamily;
import java.nio.ByteBuffer;
import java.nio.channels.ServerSocketChannel;
import java.nio.channels.SocketChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import org.jspecify.annotations.Nullable;

/** The socket that the stream of an outgoing migration arrives on. For one thread. */
final class OutgoingStream implements AutoCloseable {
  /** A few socket buffers: larger pieces are not faster, smaller ones split more pages. */
  private static final int BUFFER = 1 << 20;

  private static final String SOCKET = "outgoing.sock";

  private final Path socket;
  private final ServerSocketChannel server;
  private final Duration stall;
  private @Nullable SocketChannel stream;

  private OutgoingStream(Path socket, ServerSocketChannel server, Duration stall) {
    this.socket = socket;
    this.server = server;
    this.stall = stall;
  }

  /**
   * Listens where a VM's QEMU can connect, at {@link #uri}.
   *
   * @param stall for how long nothing may move
   */
  static OutgoingStream listen(VmHandle vm, Duration stall) throws IOException {
    Path socket = vm.exchange().resolve(SOCKET);
    Files.deleteIfExists(socket);
    OutgoingStream made =
        new OutgoingStream(socket, ServerSocketChannel.open(StandardProtocolFamily.UNIX), stall);
    try (SocketPath path = SocketPath.of(socket)) {
      made.server.bind(path.address());
      show(socket);
      made.server.configureBlocking(false);
      return made;
    } catch (Throwable t) {
      made.close();
      throw t;
    }
  }

  /** The folder is this user's alone; or a pod's, where QEMU is another user of its group. */
  private static void show(Path socket) throws IOException {
    try (PinnedFile made = PinnedFile.of(socket)) {
      if (made.isEndpoint()) {
        Files.setPosixFilePermissions(made.path(), PosixFilePermissions.fromString("rwxrwx---"));
      }
    }
  }

  /** Where QEMU has to migrate to. */
  static String uri(VmHandle vm) {
    return "unix:" + vm.inQemu(SOCKET);
  }

  /** Reads from QEMU until it ends the stream. */
  void pump(OutgoingMigration migration, MigrationStreamReader reader) throws IOException {
    SocketChannel channel = accept(migration);
    ByteBuffer buffer = ByteBuffer.allocateDirect(BUFFER);
    try (StallGuard guard = new StallGuard(channel, stall)) {
      while (read(channel, buffer.clear(), guard) >= 0) {
        guard.progress();
        reader.feed(buffer.flip());
        guard.progress();
      }
    }
  }

  private SocketChannel accept(OutgoingMigration migration) throws IOException {
    new Poll("QEMU did not connect to " + SOCKET, stall).until(() -> hasConnected(migration));
    if (stream == null) {
      throw new IllegalStateException("nobody has connected");
    }
    return stream;
  }

  private boolean hasConnected(OutgoingMigration migration) throws IOException {
    stream = server.accept();
    if (stream == null) {
      migration.unbroken();
    }
    return stream != null;
  }

  private int read(SocketChannel channel, ByteBuffer buffer, StallGuard guard) throws IOException {
    try {
      return channel.read(buffer);
    } catch (IOException e) {
      throw guard.stalled() ? new QemuTimeoutException("QEMU sent nothing", stall) : e;
    }
  }

  @Override
  public void close() throws IOException {
    try (server) {
      if (stream != null) {
        stream.close();
      }
    } finally {
      Files.deleteIfExists(socket);
    }
  }
}
