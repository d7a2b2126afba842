package io.cloudlet.sidecar.bench;

import io.cloudlet.sidecar.base.BaseVm;
import io.cloudlet.sidecar.image.MappedImage;
import io.cloudlet.sidecar.node.Progress;
import io.cloudlet.sidecar.overlay.Effort;
import io.cloudlet.sidecar.overlay.OverlayReader;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
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
  List<Compression> encode(EncodeBench encoder, Path target) throws IOException {
    List<Compression> results = new ArrayList<>();
    for (Effort effort : Effort.values()) {
      results.add(encode(encoder, effort, target));
    }
    return results;
  }

  private Compression encode(EncodeBench encoder, Effort effort, Path target) throws IOException {
    try (Progress.Stage _ = progress.begin("encoding, " + effort, 0)) {
      Median seconds = new Median();
      long bytes = 0;
      for (int run = 0; run < options.runs(); run++) {
        EncodeBench.Run result = encoder.run(effort, target);
        seconds.add(result.seconds());
        bytes = result.summary().length();
      }
      Files.delete(target);
      return new Compression(Names.of(effort), bytes, seconds.value(), true);
    }
  }

  /** Runs the general tools on the same new content. */
  List<Compression> peers(Path overlay, BaseVm base, Path scratch) throws IOException {
    PeerInput input;
    try (Progress.Stage _ = progress.begin("writing the new pages for general tools", 0);
        OverlayReader reader = OverlayReader.open(overlay)) {
      List<MappedImage> images =
          IntStream.range(0, base.manifest().images().size()).mapToObj(base::image).toList();
      input = PeerInput.write(reader, images, scratch);
    }
    List<Compression> results = new ArrayList<>();
    for (Peer peer : Peer.values()) {
      if (!peer.slow() || options.slowPeers()) {
        try (Progress.Stage _ = progress.begin(peer.title(), 0)) {
          results.add(peer.run(input, scratch, peer.slow() ? 1 : options.runs()));
        }
      }
    }
    Files.delete(input.fresh());
    Files.delete(input.base());
    return results;
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
}
