package io.cloudlet.sidecar.codec;

import io.cloudlet.sidecar.image.Page;
import io.cloudlet.sidecar.image.PageSource;
import io.cloudlet.sidecar.overlay.BaseRun;
import java.lang.foreign.MemorySegment;
import java.util.List;

/**
 * The base's images, for codecs that refer to pages of the base. Thread-safe; owns nothing.
 *
 * @param images in the order of the manifest's base images
 */
public record BasePages(List<? extends PageSource> images) {
  /** Copies the list. */
  public BasePages {
    images = List.copyOf(images);
  }

  /** Copies a run's pages to {@code destination} at {@code offset}. */
  void copy(BaseRun run, MemorySegment destination, long offset) {
    PageSource image = images.get(run.image());
    for (int i = 0; i < run.count(); i++) {
      long from = image.offsetOf((long) run.page() + i);
      long to = offset + ((long) i << Page.SHIFT);
      if (from < 0) {
        destination.asSlice(to, Page.SIZE).fill((byte) 0);
      } else {
        MemorySegment.copy(image.segment(), from, destination, to, Page.SIZE);
      }
    }
  }

  /** Copies all runs one after the other. */
  void copy(List<BaseRun> runs, MemorySegment destination) {
    long offset = 0;
    for (BaseRun run : runs) {
      copy(run, destination, offset);
      offset += (long) run.count() << Page.SHIFT;
    }
  }
}
