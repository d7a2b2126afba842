package io.cloudlet.sidecar.delta;

import io.cloudlet.sidecar.image.CloudletException;
import io.cloudlet.sidecar.image.PageSource;
import io.cloudlet.sidecar.image.Qcow2Layer;
import java.io.IOException;
import java.lang.foreign.MemorySegment;
import java.nio.file.Path;

/** A qcow2 file that stands on nothing: what it does not hold is zero. */
record WholeDisk(Qcow2Layer layer) implements PageSource {
  /**
   * Opens a file.
   *
   * @throws CloudletException when it has a backing file
   */
  static WholeDisk open(Path file) throws IOException {
    Qcow2Layer layer = Qcow2Layer.open(file);
    if (layer.backingFile().isPresent()) {
      String below = layer.backingFile().get();
      layer.close();
      throw new CloudletException(
          file
              + " stands on "
              + below
              + "; give the whole disk, which qemu-img convert -O raw makes of it");
    }
    return new WholeDisk(layer);
  }

  @Override
  public long length() {
    return layer.length();
  }

  @Override
  public MemorySegment segment() {
    return layer.segment();
  }

  @Override
  public long offsetOf(long page) {
    long offset = layer.offsetOf(page);
    return offset == ABSENT ? ZERO : offset;
  }

  @Override
  public void close() {
    layer.close();
  }
}
