package io.cloudlet.sidecar.synthesis;

import io.cloudlet.sidecar.image.ImageId;
import io.cloudlet.sidecar.image.ImageKind;
import io.cloudlet.sidecar.overlay.OverlayReader;
import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.file.StandardOpenOption;
import java.util.ArrayList;
import java.util.List;

/** Synthesises all of an overlay into a node's cache, so that its next start finds it there. */
public final class CacheFill {
  private final RamCache cache;
  private final SynthesisLimits limits;
  private final SynthesisListener listener;

  /**
   * A filler of a cache.
   *
   * @param limits of the background: one core leaves the others to the VMs
   */
  public CacheFill(RamCache cache, SynthesisLimits limits, SynthesisListener listener) {
    this.cache = cache;
    this.limits = limits;
    this.listener = listener;
  }

  /**
   * Adds an overlay unless it is there; ends early when the thread is interrupted.
   *
   * @param overlay stays the caller's
   * @param base the base's images of this overlay; stays the caller's
   * @return whether it is there now: it is not when it is larger than the cache
   */
  public boolean run(OverlayReader overlay, BaseImages base) throws IOException {
    return cache.add(overlay.root(), files -> fill(overlay, base, files)).isPresent();
  }

  private void fill(OverlayReader overlay, BaseImages base, CacheFiles files) throws IOException {
    List<FileChannel> channels = new ArrayList<>();
    try {
      Targets work = new Targets(overlay, base);
      List<FlatImage> memory = new ArrayList<>();
      List<DiskSink> disks = new ArrayList<>();
      for (int image = 0; image < overlay.manifest().images().size(); image++) {
        ImageId id = overlay.manifest().images().get(image).id();
        boolean disk = id.kind() == ImageKind.DISK;
        FileChannel channel =
            FileChannel.open(
                disk ? files.disk(image) : files.memory(image),
                StandardOpenOption.CREATE_NEW,
                StandardOpenOption.WRITE);
        channels.add(channel);
        if (disk) {
          disks.add(DiskSynthesis.plan(overlay, base, id, channel, work));
        } else {
          memory.add(FlatSynthesis.plan(overlay, base, id, channel, work));
        }
      }
      work.run(limits, listener);
      for (FlatImage block : memory) {
        block.finish();
      }
      for (DiskSink disk : disks) {
        disk.finish();
      }
    } finally {
      for (FileChannel channel : channels) {
        channel.close();
      }
    }
  }
}
