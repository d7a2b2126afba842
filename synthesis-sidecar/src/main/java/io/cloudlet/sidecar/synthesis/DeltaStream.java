package io.cloudlet.sidecar.synthesis;

import io.cloudlet.sidecar.image.ImageId;
import io.cloudlet.sidecar.overlay.OverlayReader;
import io.cloudlet.sidecar.qemu.MigrationStreamHandler;
import io.cloudlet.sidecar.qemu.StreamSource;
import java.io.IOException;
import java.io.InterruptedIOException;
import java.nio.ByteBuffer;

/**
 * What a QEMU that has mapped the base's memory needs to become the overlay's VM: the changed pages
 * of main memory, all of the other blocks, and the state of the devices.
 */
final class DeltaStream implements StreamSource {
  /** Completes what has to be on disk when QEMU looks at it. */
  interface BeforeDevices {
    void run() throws IOException;
  }

  private final OverlayReader overlay;
  private final BaseImages base;
  private final MemoryBlocks blocks;
  private final StateBlobs blobs;
  private final Targets.Prepared work;
  private final BeforeDevices beforeDevices;

  DeltaStream(
      OverlayReader overlay,
      BaseImages base,
      MemoryBlocks blocks,
      StateBlobs blobs,
      Targets.Prepared work,
      BeforeDevices beforeDevices) {
    this.overlay = overlay;
    this.base = base;
    this.blocks = blocks;
    this.blobs = blobs;
    this.work = work;
    this.beforeDevices = beforeDevices;
  }

  @Override
  public void writeTo(MigrationStreamHandler out) throws IOException {
    out.preamble(ByteBuffer.wrap(blobs.preamble()));
    out.ramBlocks(blocks.blocks());
    try {
      sendOtherBlocks(out);
      work.feed().orElseThrow().run(out, work.segments());
      work.pipeline().awaitPlaced();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new InterruptedIOException("the synthesis was cancelled");
    }
    // The disk's tables are read again when the last byte of the stream has been taken.
    beforeDevices.run();
    out.deviceState(ByteBuffer.wrap(blobs.deviceState()));
  }

  /** Their unchanged pages; the changed ones come with those of main memory. */
  private void sendOtherBlocks(MigrationStreamHandler out) throws IOException {
    for (int image = 0; image < overlay.manifest().images().size(); image++) {
      ImageId id = overlay.manifest().images().get(image).id();
      int block = blocks.find(id);
      if (block >= 0 && !id.equals(MemoryBlocks.MAIN)) {
        RunSets changed = RunSets.of(overlay.index().images().get(image));
        blocks.send(block, base.find(id), changed.all(), out);
      }
    }
  }
}
