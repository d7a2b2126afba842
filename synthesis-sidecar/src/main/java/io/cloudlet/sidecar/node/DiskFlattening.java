package io.cloudlet.sidecar.node;

import io.cloudlet.sidecar.image.DiskChain;
import io.cloudlet.sidecar.image.Page;
import io.cloudlet.sidecar.image.PageSource;
import io.cloudlet.sidecar.image.SparseFile;
import java.io.IOException;
import java.nio.file.Path;

/** Writes what the layers of a disk hold into the raw image below it, which nobody else may use. */
final class DiskFlattening {
  private final DiskChain layers;
  private final SparseFile disk;
  private long runStart;
  private long runOffset;
  private long runPages;

  private DiskFlattening(DiskChain layers, SparseFile disk) {
    this.layers = layers;
    this.disk = disk;
  }

  static void flatten(Path qcow2, Path raw, Progress progress) throws IOException {
    try (DiskChain layers = DiskChain.open(qcow2, raw);
        SparseFile disk = SparseFile.open(raw);
        Progress.Stage stage =
            progress.begin("writing the disk", layers.pages().pages() << Page.SHIFT)) {
      DiskFlattening flattening = new DiskFlattening(layers, disk);
      layers.pages().forEachRun((start, count) -> flattening.write(start, count, stage));
    }
  }

  private void write(long start, long count, Progress.Stage stage) throws IOException {
    runPages = 0;
    for (long page = start; page < start + count; page++) {
      add(page, layers.offsetOf(page));
    }
    flush();
    stage.advance(count << Page.SHIFT);
  }

  /** Pages that follow each other in the layer as well, or are all zero, are written together. */
  private void add(long page, long offset) throws IOException {
    boolean follows =
        offset == PageSource.ZERO
            ? runOffset == PageSource.ZERO
            : runOffset >= 0 && offset == runOffset + (runPages << Page.SHIFT);
    if (runPages == 0 || !follows) {
      flush();
      runStart = page;
      runOffset = offset;
    }
    runPages++;
  }

  private void flush() throws IOException {
    if (runPages == 0) {
      return;
    }
    long at = runStart << Page.SHIFT;
    // The last page of a disk may be short.
    long bytes = Math.min(runPages << Page.SHIFT, layers.length() - at);
    if (runOffset == PageSource.ZERO) {
      disk.punchHole(at, bytes);
    } else {
      disk.write(at, layers.segment().asSlice(runOffset, bytes));
    }
    runPages = 0;
  }
}
