package io.cloudlet.sidecar.delta;

import io.cloudlet.sidecar.codec.BasePages;
import io.cloudlet.sidecar.codec.SegmentDecoder;
import io.cloudlet.sidecar.image.ImageId;
import io.cloudlet.sidecar.image.MappedImage;
import io.cloudlet.sidecar.image.Page;
import io.cloudlet.sidecar.overlay.ImageRuns;
import io.cloudlet.sidecar.overlay.OverlayReader;
import io.cloudlet.sidecar.overlay.PageRef;
import io.cloudlet.sidecar.overlay.Segment;
import java.io.IOException;
import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.nio.ByteBuffer;
import java.util.List;

/** The simplest reader that could work: whole images on the heap, page by page. */
final class FlatApply {
  private final OverlayReader reader;
  private final List<MappedImage> base;
  private final byte[] slots;

  FlatApply(OverlayReader reader, List<MappedImage> base) throws IOException {
    this.reader = reader;
    this.base = base;
    slots = new byte[reader.directory().slots() * Page.SIZE];
    try (SegmentDecoder decoder = new SegmentDecoder(new BasePages(base), reader.describe());
        Arena arena = Arena.ofConfined()) {
      for (Segment segment : reader.directory().segments()) {
        ByteBuffer stored = ByteBuffer.allocateDirect(segment.stored());
        reader.read(segment, stored);
        MemorySegment pages = arena.allocate((long) segment.pages() * Page.SIZE);
        decoder.decode(segment, stored.flip(), pages);
        int at = segment.firstSlot() * Page.SIZE;
        MemorySegment.copy(pages, 0, MemorySegment.ofArray(slots), at, pages.byteSize());
      }
    }
  }

  byte[] image(ImageId id) {
    int ordinal = reader.manifest().image(id);
    int length = (int) reader.manifest().images().get(ordinal).length();
    ImageRuns runs = reader.index().images().get(ordinal);
    int below = reader.manifest().baseImage(id);
    byte[] image = new byte[length];
    for (int page = 0; page < Page.count(length); page++) {
      PageRef unchanged = new PageRef.Base(below, page);
      write(image, page, runs.lookup(page).orElse(unchanged));
    }
    return image;
  }

  private void write(byte[] image, int page, PageRef ref) {
    int at = page * Page.SIZE;
    int length = Math.min(Page.SIZE, image.length - at);
    MemorySegment to = MemorySegment.ofArray(image).asSlice(at, length);
    switch (ref) {
      case PageRef.Zero _ -> {}
      case PageRef.Slot(int slot) ->
          to.copyFrom(MemorySegment.ofArray(slots).asSlice((long) slot * Page.SIZE, length));
      case PageRef.Base(int below, int from) -> {
        MappedImage source = base.get(below);
        if (from < Page.count(source.length())) {
          to.copyFrom(source.segment().asSlice(source.offsetOf(from), length));
        }
      }
    }
  }
}
