package io.cloudlet.sidecar.bench;

import com.fasterxml.jackson.databind.JsonNode;
import io.cloudlet.sidecar.image.CloudletException;
import io.cloudlet.sidecar.qemu.QmpClient;
import java.io.IOException;
import java.io.InterruptedIOException;
import java.net.StandardProtocolFamily;
import java.net.UnixDomainSocketAddress;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.channels.ServerSocketChannel;
import java.nio.channels.SocketChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.Duration;
import java.util.Map;

/** What QEMU does by itself, without this program's engine: save a VM into a file, load it. */
final class QemuOwn {
  private static final int BUFFER = 1 << 20;
  private static final long UNTHROTTLED = 1L << 50;
  private static final Duration PATIENCE = Duration.ofMinutes(5);
  private static final long POLL_MILLIS = 1;

  private final QmpClient qmp;

  /** Over a client that stays the caller's. */
  QemuOwn(QmpClient qmp) {
    this.qmp = qmp;
  }

  /**
   * Saves a VM that stands still into a file; copies bytes and looks at none. Two processes share
   * the work, which is no slower than QEMU writing a file by itself.
   */
  void save(Path target) throws IOException {
    Path folder = Files.createTempDirectory("cloudlet");
    Path socket = folder.resolve("s");
    try (ServerSocketChannel server = ServerSocketChannel.open(StandardProtocolFamily.UNIX)) {
      server.bind(UnixDomainSocketAddress.of(socket));
      qmp.execute("migrate-set-parameters", Map.of("max-bandwidth", UNTHROTTLED));
      qmp.execute("migrate", Map.of("uri", "unix:" + socket));
      try (SocketChannel stream = server.accept();
          FileChannel file =
              FileChannel.open(
                  target,
                  StandardOpenOption.CREATE,
                  StandardOpenOption.TRUNCATE_EXISTING,
                  StandardOpenOption.WRITE)) {
        copy(stream, file);
      }
      awaitCompleted();
    } finally {
      Files.deleteIfExists(socket);
      Files.delete(folder);
    }
  }

  /** Loads a file into a QEMU that waits for it and has no filter of system calls. */
  void load(Path stream) throws IOException {
    // In single quotes, which the shell leaves alone; paths of this program hold none.
    qmp.execute("migrate-incoming", Map.of("uri", "exec:cat '" + stream + "'"));
    awaitCompleted();
  }

  private static void copy(SocketChannel from, FileChannel to) throws IOException {
    ByteBuffer buffer = ByteBuffer.allocateDirect(BUFFER);
    while (from.read(buffer.clear()) >= 0) {
      buffer.flip();
      while (buffer.hasRemaining()) {
        to.write(buffer);
      }
    }
  }

  private void awaitCompleted() throws IOException {
    long deadline = System.nanoTime() + PATIENCE.toNanos();
    while (true) {
      JsonNode migration = qmp.execute("query-migrate");
      String status = migration.path("status").asText();
      if (status.equals("completed")) {
        return;
      }
      if (status.equals("failed") || System.nanoTime() > deadline) {
        throw new CloudletException(
            "QEMU's own migration is " + status + ": " + migration.path("error-desc").asText());
      }
      pause();
    }
  }

  private static void pause() throws IOException {
    try {
      Thread.sleep(POLL_MILLIS);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new InterruptedIOException("interrupted while QEMU migrates");
    }
  }
}
