package io.cloudlet.sidecar.synthesis;

import io.cloudlet.sidecar.base.BaseImage;
import io.cloudlet.sidecar.base.BaseVm;
import io.cloudlet.sidecar.image.CloudletException;
import io.cloudlet.sidecar.image.ImageId;
import io.cloudlet.sidecar.overlay.OverlayReader;
import io.cloudlet.sidecar.qemu.QemuLauncher;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * Base and overlay, or a base alone, to a VM that runs on this machine.
 *
 * <p>When anything fails, QEMU has ended and the VM's folder has no disk, only logs. Calls end
 * early when their thread is interrupted. Thread-safe.
 */
public final class Synthesizer {
  private final RamCache cache;
  private final SynthesisLimits limits;
  private final Duration stall;
  private final SynthesisListener listener;

  /**
   * A synthesizer.
   *
   * @param cache where earlier syntheses may have left what is needed; see {@link CacheFill}
   * @param stall for how long nothing may move; longer than the overlay's source keeps trying
   */
  public Synthesizer(
      RamCache cache, SynthesisLimits limits, Duration stall, SynthesisListener listener) {
    this.cache = cache;
    this.limits = limits;
    this.stall = stall;
    this.listener = listener;
  }

  /** Resumes a base VM. */
  public Synthesized resume(BaseVm base, VmTarget target) throws IOException {
    QemuLauncher.prepare();
    target.require(base.manifest().machine(), "base VM " + base.digest());
    Map<ImageId, Path> files = new HashMap<>();
    for (BaseImage image : base.manifest().images()) {
      files.put(image.id(), base.path(image.id()));
    }
    List<ImageId> ids = base.manifest().images().stream().map(BaseImage::id).toList();
    List<Long> lengths = base.manifest().images().stream().map(BaseImage::length).toList();
    WholeStream stream = new WholeStream(MemoryBlocks.of(ids, lengths), files, StateBlobs.of(base));
    try (VmResume vm = new VmResume(target, stall);
        VmDisk disk = VmDisk.create(base, target.files().disk())) {
      vm.start(base, base.path(MemoryBlocks.MAIN));
      vm.load(stream);
      Synthesized result = vm.run(Way.MAPPED, StageTimes.NONE);
      disk.keep();
      return result;
    }
  }

  /**
   * Resumes an overlay's VM: from the cache when it is there, else from the overlay's pages, as
   * {@link Way} says.
   *
   * @param overlay stays the caller's, like {@code base}
   * @throws CloudletException when the overlay is not of this base, or of disks alone
   */
  public Synthesized synthesize(BaseVm base, OverlayReader overlay, VmTarget target)
      throws IOException {
    QemuLauncher.prepare();
    target.require(overlay.manifest().machine(), overlay.describe());
    StateBlobs blobs = StateBlobs.of(overlay);
    try (BaseImages images = BaseImages.of(base, overlay)) {
      OverlayStart start =
          new OverlayStart(base, images, overlay, blobs, target, limits, stall, listener);
      Optional<CacheFiles> cached = cache.find(overlay.root());
      Optional<Synthesized> mapped =
          cached.isPresent() ? new MappedStart(start).run(cached.get()) : Optional.empty();
      if (mapped.isPresent()) {
        return mapped.get();
      }
      return switch (WayChoice.of(start, cache)) {
        case COMPOSED -> new ComposedStart(start, cache).run();
        case DELTA, MAPPED -> new DeltaStart(start).run();
      };
    }
  }
}
