package io.cloudlet.sidecar.synthesis;

import io.cloudlet.sidecar.base.BaseVm;
import io.cloudlet.sidecar.qemu.ConnectedQemu;
import io.cloudlet.sidecar.qemu.LiveQemu;
import io.cloudlet.sidecar.qemu.MemoryLoad;
import io.cloudlet.sidecar.qemu.QemuCommand;
import io.cloudlet.sidecar.qemu.StreamSource;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * One QEMU on its way from a command line to a running guest, and the time of each step. Closing it
 * before the guest runs ends QEMU.
 *
 * <p>Used by one thread at a time.
 */
final class VmResume implements AutoCloseable {
  private static final Duration START_LIMIT = Duration.ofSeconds(30);

  private final VmTarget target;
  private final Duration stall;
  private final long begin = System.nanoTime();
  private long starting;
  private long started;
  private long loaded;
  private @Nullable ConnectedQemu qemu;
  private boolean runs;

  /**
   * For a VM whose disk may be there already.
   *
   * @param stall for how long neither QEMU nor what feeds it may stand still
   */
  VmResume(VmTarget target, Duration stall) {
    this.target = target;
    this.stall = stall;
  }

  /** Starts QEMU, to wait for a state, with its memory mapped from a file. */
  void start(BaseVm base, Path memory) throws IOException {
    starting = System.nanoTime();
    QemuCommand command =
        new QemuCommand(
            target.binary(),
            target.machine(),
            base.kernel().orElse(null),
            base.initrd().orElse(null),
            memory,
            true);
    qemu = target.host().start(command, START_LIMIT);
    started = System.nanoTime();
  }

  /** Lets QEMU load a state. */
  void load(StreamSource stream) throws IOException {
    new MemoryLoad(started().qmp(), target.files().handle(), stall).load(stream);
    loaded = System.nanoTime();
  }

  /** Runs the guest. */
  Synthesized run(Way way, StageTimes stages) throws IOException {
    started().qmp().execute("cont");
    long now = System.nanoTime();
    runs = true;
    SynthesisTimes times =
        new SynthesisTimes(
            stages,
            StageClock.millis(starting - begin),
            StageClock.millis(started - starting),
            StageClock.millis(loaded - started),
            StageClock.millis(now - loaded));
    return new Synthesized(started().process(), way, times);
  }

  @Override
  public void close() throws IOException {
    ConnectedQemu connected = qemu;
    if (connected == null) {
      return;
    }
    try (connected) {
      if (!runs) {
        kill(connected.process());
      }
    }
  }

  private static void kill(LiveQemu process) throws IOException {
    boolean interrupted = Thread.interrupted();
    try {
      process.kill();
    } finally {
      if (interrupted) {
        Thread.currentThread().interrupt();
      }
    }
  }

  private ConnectedQemu started() {
    return Objects.requireNonNull(qemu, "not started");
  }
}
