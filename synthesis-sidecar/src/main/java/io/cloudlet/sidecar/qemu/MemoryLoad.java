package io.cloudlet.sidecar.qemu;

import io.cloudlet.sidecar.image.CloudletException;
import io.cloudlet.sidecar.image.PinnedFile;
import java.io.IOException;
import java.net.StandardProtocolFamily;
import java.net.UnixDomainSocketAddress;
import java.nio.channels.SocketChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Puts memory and device state into a QEMU that waits for them, as the source of a migration. */
public final class MemoryLoad {
  private static final String SOCKET = "incoming.sock";

  private final QmpClient qmp;
  private final VmHandle vm;
  private final Duration stall;

  /**
   * Over a client that stays the caller's.
   *
   * @param stall for how long nothing may move
   */
  public MemoryLoad(QmpClient qmp, VmHandle vm, Duration stall) {
    this.qmp = qmp;
    this.vm = vm;
    this.stall = stall;
  }

  /**
   * Loads a state. The VM then stands still and can be continued.
   *
   * @return bytes of the stream
   * @throws MigrationException when QEMU does not take it; with its reason. The VM is of no use
   *     then
   */
  public long load(StreamSource source) throws IOException {
    Path socket = vm.exchange().resolve(SOCKET);
    Files.deleteIfExists(socket);
    listen();
    long length;
    try (SocketChannel stream = SocketChannel.open(StandardProtocolFamily.UNIX);
        PinnedFile there = PinnedFile.of(socket)) {
      connect(stream, there);
      length = send(stream, source);
    }
    new Poll("QEMU did not load the VM's state", stall).until(() -> loaded(null));
    return length;
  }

  private void listen() throws IOException {
    String uri = "unix:" + vm.inQemu(SOCKET);
    // Older ones exit and leave their reason in the log only.
    qmp.execute(
        "migrate-incoming",
        qmp.version().atLeast(9, 1)
            ? Map.of("uri", uri, "exit-on-error", false)
            : Map.of("uri", uri));
  }

  private void connect(SocketChannel stream, PinnedFile there) throws IOException {
    try {
      stream.connect(UnixDomainSocketAddress.of(there.path()));
    } catch (IOException e) {
      throw refused(logged(), e);
    }
  }

  private long send(SocketChannel stream, StreamSource source) throws IOException {
    try (StallGuard guard = new StallGuard(stream, stall);
        GuardedChannel out = new GuardedChannel(stream, guard);
        MigrationStreamWriter writer = new MigrationStreamWriter(out)) {
      source.writeTo(writer);
      writer.end();
      return writer.length();
    } catch (GuardedChannel.WriteException e) {
      // QEMU hangs up on what it does not like, and says why elsewhere.
      new Poll("QEMU did not take the VM's state", stall).until(() -> loaded(e));
      throw e;
    }
  }

  private boolean loaded(@Nullable Throwable cause) throws IOException {
    MigrationStatus status;
    try {
      status = MigrationStatus.query(qmp);
    } catch (QemuGoneException e) {
      throw refused(logged(), cause == null ? e : cause);
    }
    if (status.broken()) {
      // The reply tells which section failed; what was wrong with it stands in the log.
      throw refused((status.error() + "\n" + logged()).strip(), cause);
    }
    return status.completed();
  }

  private static CloudletException refused(String said, @Nullable Throwable cause) {
    String words = said.isEmpty() && cause != null ? String.valueOf(cause.getMessage()) : said;
    return new MigrationException("QEMU did not load the VM's state", words, cause);
  }

  private String logged() {
    return vm.log() == null ? "" : new QemuLog(vm.log()).end();
  }
}
