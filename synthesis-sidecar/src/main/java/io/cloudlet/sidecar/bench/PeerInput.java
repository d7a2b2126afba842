package io.cloudlet.sidecar.bench;

import io.cloudlet.sidecar.codec.BasePages;
import io.cloudlet.sidecar.codec.SegmentDecoder;
import io.cloudlet.sidecar.image.Extent;
import io.cloudlet.sidecar.image.MappedImage;
import io.cloudlet.sidecar.image.Page;
import io.cloudlet.sidecar.overlay.ImageRuns;
import io.cloudlet.sidecar.overlay.OverlayReader;
import io.cloudlet.sidecar.overlay.RunKind;
import io.cloudlet.sidecar.overlay.Segment;
import java.io.IOException;
import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.Arrays;
import java.util.List;

/**
 * What general tools compress in the place of an overlay's pages: a file of the same new pages,
 * each once, in the order in which the guest has them, and a file of the base's content to refer
 * to.
 *
 * @param fresh the new pages
 * @param base all pages of the base that are not zero, images one after the other
 */
record PeerInput(Path fresh, Path base) {
  /** Writes both files into a folder. */
  static PeerInput write(OverlayReader overlay, List<MappedImage> base, Path folder)
      throws IOException {
    PeerInput input = new PeerInput(folder.resolve("new.pages"), folder.resolve("base.pages"));
    input.writeBase(base);
    input.writeFresh(overlay, base);
    return input;
  }

  private void writeBase(List<MappedImage> images) throws IOException {
    try (FileChannel out = create(base)) {
      for (MappedImage image : images) {
        for (Extent extent : image.dataExtents()) {
          writeData(image.segment(), extent, out);
        }
      }
    }
  }

  private static void writeData(MemorySegment image, Extent extent, FileChannel out)
      throws IOException {
    long end = Math.min(extent.end(), image.byteSize());
    for (long at = extent.offset() & -Page.SIZE; at < end; at += Page.SIZE) {
      if (!Page.isZero(image, at)) {
        writeAll(out, image.asSlice(at, Page.SIZE).asByteBuffer());
      }
    }
  }

  private void writeFresh(OverlayReader overlay, List<MappedImage> images) throws IOException {
    int[] places = places(overlay);
    int largest = overlay.directory().segments().stream().mapToInt(Segment::pages).max().orElse(1);
    try (FileChannel out = create(fresh);
        Arena arena = Arena.ofConfined();
        SegmentDecoder decoder = new SegmentDecoder(new BasePages(images), overlay.describe())) {
      MemorySegment pages = arena.allocate((long) largest << Page.SHIFT, Page.SIZE);
      for (Segment segment : overlay.directory().segments()) {
        ByteBuffer stored = ByteBuffer.allocateDirect(segment.stored());
        overlay.read(segment, stored);
        MemorySegment decoded = pages.asSlice(0, (long) segment.pages() << Page.SHIFT);
        decoder.decode(segment, stored.flip(), decoded);
        for (int i = 0; i < segment.pages(); i++) {
          long place = (long) places[segment.firstSlot() + i] << Page.SHIFT;
          MemorySegment page = decoded.asSlice((long) i << Page.SHIFT, Page.SIZE);
          writeAll(out.position(place), page.asByteBuffer());
        }
      }
    }
  }

  /** The place of each slot's page when pages are numbered in the order of images and addresses. */
  private static int[] places(OverlayReader overlay) {
    int[] places = new int[overlay.directory().slots()];
    Arrays.fill(places, -1);
    int next = 0;
    for (ImageRuns image : overlay.index().images()) {
      for (int run = 0; run < image.size(); run++) {
        if (image.kind(run) == RunKind.SLOT) {
          for (int slot = image.target(run); slot < image.target(run) + image.count(run); slot++) {
            if (places[slot] < 0) {
              places[slot] = next++;
            }
          }
        }
      }
    }
    return places;
  }

  private static FileChannel create(Path path) throws IOException {
    return FileChannel.open(
        path,
        StandardOpenOption.CREATE,
        StandardOpenOption.TRUNCATE_EXISTING,
        StandardOpenOption.WRITE);
  }

  private static void writeAll(FileChannel out, ByteBuffer bytes) throws IOException {
    while (bytes.hasRemaining()) {
      out.write(bytes);
    }
  }
}
