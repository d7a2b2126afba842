package io.cloudlet.sidecar.bench;

import io.cloudlet.sidecar.base.BaseVm;
import io.cloudlet.sidecar.image.MappedImage;
import io.cloudlet.sidecar.node.Progress;
import io.cloudlet.sidecar.overlay.Effort;
import io.cloudlet.sidecar.overlay.OverlayReader;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.IntStream;

/** Repeats each measurement and keeps the median. */
final class Measurements {
  private final BenchOptions options;
  private final Progress progress;

  Measurements(BenchOptions options, Progress progress) {
    this.options = options;
    this.progress = progress;
  }

  /** Makes overlays with each effort. */
  void encode(EncodeBench encoder, Path target, Findings findings) throws IOException {
    for (Effort effort : Effort.values()) {
      findings.attempt(
          Names.of(effort), () -> findings.compressions().add(encode(encoder, effort, target)));
    }
  }

  private Compression encode(EncodeBench encoder, Effort effort, Path target) throws IOException {
    try (Progress.Stage _ = progress.begin("encoding, " + effort, 0)) {
      Median seconds = new Median();
      long bytes = 0;
      // The best effort takes a minute, as slow tools do: once is enough.
      int runs = effort == Effort.BEST ? 1 : options.runs();
      for (int run = 0; run < runs; run++) {
        EncodeBench.Run result = encoder.run(effort, target);
        seconds.add(result.seconds());
        bytes = result.summary().length();
      }
      Files.delete(target);
      return new Compression(Names.of(effort), bytes, seconds.value(), true);
    }
  }

  /** Runs the general tools on the same new content. */
  void peers(Path overlay, BaseVm base, Path scratch, Findings findings) throws IOException {
    PeerInput input;
    try (Progress.Stage _ = progress.begin("writing the new pages for general tools", 0);
        OverlayReader reader = OverlayReader.open(overlay)) {
      List<MappedImage> images =
          IntStream.range(0, base.manifest().images().size()).mapToObj(base::image).toList();
      input = PeerInput.write(reader, images, scratch);
    }
    for (Peer peer : Peer.values()) {
      if (!peer.slow() || options.slowPeers()) {
        findings.attempt(
            peer.title(), () -> findings.compressions().add(run(peer, input, scratch)));
      }
    }
    Files.delete(input.fresh());
    Files.delete(input.base());
  }

  private Compression run(Peer peer, PeerInput input, Path scratch) throws IOException {
    try (Progress.Stage _ = progress.begin(peer.title(), 0)) {
      return peer.run(input, scratch, peer.slow() ? 1 : options.runs());
    }
  }

  /** Starts the VM in each way. */
  List<Timing> starts(StartBench bench, BenchState state, Path overlay) throws IOException {
    Median qemuOwn = new Median();
    Median first = new Median();
    Median again = new Median();
    try (Progress.Stage _ = progress.begin("starting VMs", 0)) {
      // Once without counting: it fills the page cache and the node's cache.
      bench.byQemu(state);
      bench.again(overlay);
      for (int run = 0; run < options.runs(); run++) {
        qemuOwn.add(bench.byQemu(state));
        first.add(bench.firstTime(overlay));
        again.add(bench.again(overlay));
      }
    }
    return List.of(
        new Timing(Names.FIRST, first.value(), true),
        new Timing(Names.SECOND, again.value(), true),
        new Timing(Names.QEMU_RESUME, qemuOwn.value(), false));
  }

  /** Takes the state of a running VM in each way. */
  List<Timing> pauses(PauseBench vm, Path target) throws IOException {
    Median cloudlet = new Median();
    Median qemuOwn = new Median();
    try (Progress.Stage _ = progress.begin("capturing a running VM", 0)) {
      // Once without counting: QEMU then has its own memory in place.
      vm.byQemu();
      for (int run = 0; run < options.runs(); run++) {
        qemuOwn.add(vm.byQemu());
        cloudlet.add(vm.byCloudlet(target));
      }
    }
    return List.of(
        new Timing(Names.PAUSE, cloudlet.value(), true),
        new Timing(Names.QEMU_SAVE, qemuOwn.value(), false));
  }

  /**
   * Captures a running VM as it is, and once more without the memory that the guest leaves idle.
   */
  List<Compression> balloon(PauseBench vm, Path target) throws IOException {
    try (Progress.Stage _ = progress.begin("capturing without idle memory", 0)) {
      return List.of(
          vm.capture(target, false, Names.AS_IT_IS), vm.capture(target, true, Names.SQUEEZED));
    }
  }
}
