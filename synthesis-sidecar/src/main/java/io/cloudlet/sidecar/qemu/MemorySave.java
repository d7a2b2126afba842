package io.cloudlet.sidecar.qemu;

import java.io.IOException;
import java.net.StandardProtocolFamily;
import java.nio.ByteBuffer;
import java.nio.channels.ServerSocketChannel;
import java.nio.channels.SocketChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Takes the memory and device state out of a paused VM, as the destination of its migration.
 *
 * <p>The handler runs on the calling thread between two reads, so the guest stands still for as
 * long as the handler and QEMU take together. Use a platform thread.
 */
public final class MemorySave {
  /** A few socket buffers: larger pieces are not faster, smaller ones split more pages. */
  private static final int BUFFER = 1 << 20;

  /** Bytes per second; QEMU's default would throttle. */
  private static final long UNTHROTTLED = 1L << 50;

  private static final String SOCKET = "outgoing.sock";

  private final QmpClient qmp;
  private final VmHandle vm;
  private final Duration stall;

  /**
   * Over a client that stays the caller's.
   *
   * @param stall for how long nothing may move
   */
  public MemorySave(QmpClient qmp, VmHandle vm, Duration stall) {
    this.qmp = qmp;
    this.vm = vm;
    this.stall = stall;
  }

  /**
   * Hands the state of a paused VM over. Whatever fails, the migration is over afterwards and the
   * VM can be continued.
   *
   * @return bytes of the stream
   * @throws MigrationException when QEMU gives up; with its reason
   */
  public long save(MigrationStreamHandler handler) throws IOException {
    MigrationStreamReader reader =
        new MigrationStreamReader("migration stream of " + vm.qmp(), handler);
    Path socket = vm.exchange().resolve(SOCKET);
    Files.deleteIfExists(socket);
    try (ServerSocketChannel server = ServerSocketChannel.open(StandardProtocolFamily.UNIX)) {
      try (SocketPath path = SocketPath.of(socket)) {
        server.bind(path.address());
      }
      start();
      try (SocketChannel stream = accept(server)) {
        pump(stream, reader);
      }
      awaitCompleted(reader);
      return reader.offset();
    } catch (Throwable t) {
      cancel(t);
      throw t;
    } finally {
      Files.deleteIfExists(socket);
    }
  }

  private void start() throws IOException {
    qmp.execute("migrate-set-parameters", Map.of("max-bandwidth", UNTHROTTLED));
    qmp.execute("migrate", Map.of("uri", "unix:" + vm.inQemu(SOCKET)));
  }

  private SocketChannel accept(ServerSocketChannel server) throws IOException {
    server.configureBlocking(false);
    Acceptance acceptance = new Acceptance(server);
    new Poll("QEMU did not connect to " + SOCKET, stall).until(acceptance::attempt);
    return acceptance.stream();
  }

  private final class Acceptance {
    private final ServerSocketChannel server;
    private @Nullable SocketChannel accepted;

    Acceptance(ServerSocketChannel server) {
      this.server = server;
    }

    boolean attempt() throws IOException {
      accepted = server.accept();
      if (accepted == null) {
        refuseBroken(MigrationStatus.query(qmp), null);
      }
      return accepted != null;
    }

    SocketChannel stream() {
      if (accepted == null) {
        throw new IllegalStateException("nobody has connected");
      }
      return accepted;
    }
  }

  private void pump(SocketChannel stream, MigrationStreamReader reader) throws IOException {
    ByteBuffer buffer = ByteBuffer.allocateDirect(BUFFER);
    try (StallGuard guard = new StallGuard(stream, stall)) {
      while (read(stream, buffer.clear(), guard) >= 0) {
        guard.progress();
        reader.feed(buffer.flip());
        guard.progress();
      }
    }
  }

  private int read(SocketChannel stream, ByteBuffer buffer, StallGuard guard) throws IOException {
    try {
      return stream.read(buffer);
    } catch (IOException e) {
      throw guard.stalled() ? new QemuTimeoutException("QEMU sent nothing", stall) : e;
    }
  }

  private void awaitCompleted(MigrationStreamReader reader) throws IOException {
    new Poll("QEMU did not say that the state is saved", stall)
        .until(() -> {
          MigrationStatus status = MigrationStatus.query(qmp);
          refuseBroken(status, null);
          return status.completed();
        });
    reader.finish();
  }

  private static void refuseBroken(MigrationStatus status, @Nullable Throwable cause)
      throws MigrationException {
    if (status.broken()) {
      throw new MigrationException("QEMU did not save the VM's state", status.error(), cause);
    }
  }

  private void cancel(Throwable reason) {
    try {
      qmp.execute("migrate_cancel");
      new Poll("QEMU did not cancel the migration", stall)
          .until(() -> MigrationStatus.query(qmp).idle());
    } catch (IOException e) {
      reason.addSuppressed(e);
    }
  }
}
