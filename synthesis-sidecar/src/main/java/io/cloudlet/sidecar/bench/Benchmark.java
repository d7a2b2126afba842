package io.cloudlet.sidecar.bench;

import io.cloudlet.sidecar.base.BaseEntry;
import io.cloudlet.sidecar.base.BaseStore;
import io.cloudlet.sidecar.base.BaseVm;
import io.cloudlet.sidecar.delta.OverlaySummary;
import io.cloudlet.sidecar.guest.DebianGuest;
import io.cloudlet.sidecar.image.Partials;
import io.cloudlet.sidecar.machine.Accelerator;
import io.cloudlet.sidecar.machine.DirectKernel;
import io.cloudlet.sidecar.machine.Machine;
import io.cloudlet.sidecar.machine.Port;
import io.cloudlet.sidecar.node.Progress;
import io.cloudlet.sidecar.node.VmName;
import io.cloudlet.sidecar.overlay.Effort;
import io.cloudlet.sidecar.qemu.QemuBinary;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;

/**
 * Measures this program on a customised Debian: size and speed beside general tools, the guest's
 * pause and the start of a VM beside QEMU's own means. One run, one state.
 */
public final class Benchmark {
  private static final int CPUS = 2;
  private static final VmName RESUMED = new VmName("resumed");

  private final BenchOptions options;
  private final QemuBinary qemu;
  private final Progress progress;

  /** With a QEMU. */
  public Benchmark(BenchOptions options, QemuBinary qemu, Progress progress) {
    this.options = options;
    this.qemu = qemu;
    this.progress = progress;
  }

  /** Builds what is missing, measures, and returns the figures. */
  public BenchReport run() throws IOException {
    if (options.slowPeers()) {
      for (Peer peer : Peer.values()) {
        peer.find();
      }
    }
    DebianGuest guest = buildGuest();
    Workplace workplace = Workplace.open(options.cache(), guest, qemu, progress);
    Machine machine = machine(guest);
    BaseEntry entry = workplace.base(machine);
    BenchState state = workplace.state(entry);
    Path scratch = workplace.scratch();
    try (BaseVm base = BaseStore.at(workplace.data().bases()).open(entry)) {
      return measure(workplace, base, state, scratch);
    } finally {
      Partials.deleteTree(scratch);
    }
  }

  private DebianGuest buildGuest() throws IOException {
    try (Progress.Stage _ = progress.begin("building the guest", 0)) {
      return DebianGuest.build(options.cache(), step -> {});
    }
  }

  private Machine machine(DebianGuest guest) {
    return new Machine(
        Machine.LAYOUT,
        qemu.version().machineType(),
        "qemu64",
        CPUS,
        guest.image().memoryBytes(),
        Accelerator.TCG,
        List.of(new Port(0, guest.image().port())),
        new DirectKernel(true, guest.image().append()),
        true);
  }

  private static Machine machine(Machine like, long memoryBytes) {
    return new Machine(
        like.layout(),
        like.machineType(),
        like.cpuModel(),
        like.cpus(),
        memoryBytes,
        like.accelerator(),
        like.ports(),
        like.directKernel(),
        like.balloon());
  }

  private BenchReport measure(Workplace workplace, BaseVm base, BenchState state, Path scratch)
      throws IOException {
    Path overlay = scratch.resolve("balanced.overlay");
    Measurements measurements = new Measurements(options, progress);
    Findings findings = new Findings();
    try (EncodeBench encoder = EncodeBench.open(base, state, scratch)) {
      OverlaySummary summary = encoder.run(Effort.BALANCED, overlay).summary();
      StateFigures figures = StateFigures.of(summary, Files.size(state.stream()));
      // What takes longest comes last: whatever is wrong with this machine shows before.
      findings.attempt(
          "a running VM", () -> running(workplace, measurements, overlay, scratch, findings));
      StartBench starts = new StartBench(qemu, base, scratch);
      findings.attempt(
          "starting VMs",
          () -> findings.starts().addAll(measurements.starts(starts, state, overlay)));
      measurements.encode(encoder, scratch.resolve("overlay"), findings);
      measurements.peers(overlay, base, scratch, findings);
      findings.attempt(
          "a guest of 4 GiB", () -> large(workplace, base.manifest().machine(), scratch, findings));
      return findings.report(MachineName.of(qemu), options.runs(), figures);
    }
  }

  private void running(
      Workplace workplace, Measurements measurements, Path overlay, Path scratch, Findings findings)
      throws IOException {
    Optional<FootprintBench> commands = FootprintBench.on(workplace.data());
    try (PauseBench vm = PauseBench.start(workplace.data(), qemu, overlay)) {
      findings.pauses().addAll(measurements.pauses(vm, scratch.resolve("overlay")));
      if (commands.isPresent()) {
        findings.footprints().addAll(footprints(commands.get(), scratch));
      }
      // Last, as it changes the guest.
      findings.balloon().addAll(measurements.balloon(vm, scratch.resolve("overlay")));
    }
  }

  private void large(Workplace workplace, Machine like, Path scratch, Findings findings)
      throws IOException {
    Optional<FootprintBench> commands = FootprintBench.on(workplace.data());
    if (commands.isPresent() && options.largeGuest()) {
      Machine machine = machine(like, LargeGuest.MEMORY_BYTES);
      findings
          .footprints()
          .addAll(
              new LargeGuest(workplace, qemu, progress).measure(commands.get(), machine, scratch));
    }
  }

  private List<Footprint> footprints(FootprintBench commands, Path scratch) throws IOException {
    try (Progress.Stage _ = progress.begin("memory of commands", 0)) {
      Path overlay = scratch.resolve("footprint.overlay");
      VmName vm = PauseBench.NAME;
      return List.of(
          commands.capture(vm, overlay, Effort.BEST, "capture with best, guest of 1 GiB"),
          commands.capture(vm, overlay, Effort.BALANCED, "capture, guest of 1 GiB"),
          commands.synthesis(RESUMED, overlay, "synthesis, guest of 1 GiB"));
    }
  }
}
