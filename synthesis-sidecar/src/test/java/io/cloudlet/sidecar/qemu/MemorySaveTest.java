package io.cloudlet.sidecar.qemu;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.UnixDomainSocketAddress;
import java.nio.ByteBuffer;
import java.nio.channels.SocketChannel;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Against a QEMU that misbehaves. */
class MemorySaveTest {
  private static final Duration STALL = Duration.ofMillis(200);
  private static final Duration LONG = Duration.ofSeconds(30);

  @TempDir private Path folder;
  private final List<SocketChannel> streams = new ArrayList<>();
  private String status = "active";
  private int passes = 1;

  @AfterEach
  void closeStreams() throws IOException {
    for (SocketChannel stream : streams) {
      stream.close();
    }
  }

  @Test
  void givesUpOnAQemuThatDoesNotConnect() throws IOException {
    try (FakeQmpServer server = serve(new byte[0], false)) {
      assertThatThrownBy(this::save)
          .isInstanceOf(QemuTimeoutException.class)
          .hasMessageContaining("did not connect");
      assertCancelled(server);
    }
  }

  @Test
  void givesUpOnAQemuThatSendsNothingMore() throws IOException {
    try (FakeQmpServer server = serve(new StreamBytes().head().bytes(), true)) {
      assertThatThrownBy(this::save)
          .isInstanceOf(QemuTimeoutException.class)
          .hasMessageContaining("sent nothing");
      assertCancelled(server);
    }
  }

  @Test
  void showsWhyQemuGivesUp() throws IOException {
    status = "failed\", \"error-desc\": \"No space";
    try (FakeQmpServer server = serve(new byte[0], false)) {
      assertThatThrownBy(this::save)
          .isInstanceOf(MigrationException.class)
          .hasMessage("QEMU did not save the VM's state: No space");
      assertCancelled(server);
    }
  }

  @Test
  void refusesAStreamThatIsNone() throws IOException {
    try (FakeQmpServer server = serve(new byte[8], true)) {
      assertThatThrownBy(this::save).hasMessageContaining("no migration stream of QEMU");
      assertCancelled(server);
    }
  }

  /** It is looked at every now and then; this one never gets through its memory. */
  @Test
  void stopsAGuestThatChangesItsMemoryTooFast() throws IOException {
    passes = 9;
    try (FakeQmpServer server = serve(new StreamBytes().head().bytes(), true)) {
      assertThatThrownBy(this::saveRunning).isInstanceOf(QemuTimeoutException.class);
      assertThat(server.received).filteredOn(line -> line.contains("\"stop\"")).hasSize(1);
      assertCancelled(server);
    }
  }

  private static void assertCancelled(FakeQmpServer server) {
    assertThat(server.received).anyMatch(line -> line.contains("migrate_cancel"));
  }

  private void save() throws IOException {
    with(save -> save.save(new RecordedStream()));
  }

  private void saveRunning() throws IOException {
    with(save -> save.saveRunning(new RecordedStream(), () -> {}));
  }

  private interface Saving {
    void by(MemorySave save) throws IOException;
  }

  private void with(Saving saving) throws IOException {
    Path socket = folder.resolve("qmp.sock");
    VmHandle vm = new VmHandle(socket, folder, folder.toString(), "disk0", folder, null);
    try (QmpClient qmp = QmpClient.connect(socket, LONG)) {
      saving.by(new MemorySave(qmp, vm, STALL));
    }
  }

  private FakeQmpServer serve(byte[] stream, boolean connects) throws IOException {
    return new FakeQmpServer(
        folder.resolve("qmp.sock"),
        FakeQmpServer.GREETING,
        line -> {
          if (line.contains("\"migrate\"") && connects) {
            send(stream);
          } else if (line.contains("migrate_cancel")) {
            status = "cancelled";
          } else if (line.contains("query-migrate")) {
            return "{\"return\": {\"ram\": {\"dirty-sync-count\": %d}, \"status\": \"%s\"}, \"id\": $ID}"
                .formatted(passes, status);
          } else if (line.contains("query-status")) {
            return "{\"return\": {\"running\": true}, \"id\": $ID}";
          }
          return FakeQmpServer.ok(line);
        });
  }

  private void send(byte[] stream) {
    try {
      SocketChannel channel =
          SocketChannel.open(UnixDomainSocketAddress.of(folder.resolve("outgoing.sock")));
      channel.write(ByteBuffer.wrap(stream));
      streams.add(channel);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
