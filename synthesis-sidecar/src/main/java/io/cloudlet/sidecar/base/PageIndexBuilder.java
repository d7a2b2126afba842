package io.cloudlet.sidecar.base;

import static java.lang.foreign.ValueLayout.JAVA_LONG;

import io.cloudlet.sidecar.image.AtomicFile;
import io.cloudlet.sidecar.image.Digest;
import io.cloudlet.sidecar.image.Durability;
import io.cloudlet.sidecar.image.Extent;
import io.cloudlet.sidecar.image.MappedImage;
import io.cloudlet.sidecar.image.Page;
import java.io.IOException;
import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.nio.channels.FileChannel.MapMode;
import java.nio.file.Path;
import java.util.BitSet;
import java.util.List;
import java.util.stream.IntStream;

/**
 * Builds the file of a {@link PageIndex}. Hashes and anchors are computed on all cores, a batch at
 * a time; entries go in one after the other, so that the same images always give the same index.
 */
final class PageIndexBuilder {
  private static final int BATCH = 1 << 14;
  private static final int GRAIN = 1 << 9;

  private static final long ZERO_HASH = Page.hash(MemorySegment.ofArray(new byte[Page.SIZE]), 0);

  private final List<MappedImage> images;
  private final MemorySegment table;
  private final long capacity;
  private final long[] hashes = new long[BATCH];

  /** Pages of the batch whose content is new. */
  private final BitSet fresh = new BitSet(BATCH);

  private final BaseAnchorsWriter anchors;
  private long entries;

  private PageIndexBuilder(
      List<MappedImage> images, MemorySegment table, BaseAnchorsWriter anchors) {
    this.images = images;
    this.table = table;
    this.anchors = anchors;
    this.capacity = table.byteSize() / Long.BYTES;
  }

  /** Writes the index of these images, in the order of the manifest, to {@code target}. */
  static void build(Path target, Digest base, List<MappedImage> images) throws IOException {
    // At most three fifths full: a look-up then takes two or three steps.
    long capacity = countPages(images) * 5 / 3 + 1;
    try (AtomicFile file = AtomicFile.create(target, Durability.CACHE);
        Arena arena = Arena.ofShared()) {
      long tableEnd = PageIndexFile.HEADER + capacity * Long.BYTES;
      file.reserve(tableEnd);
      MemorySegment table = map(file, capacity * Long.BYTES, arena);
      BaseAnchorsWriter anchors = new BaseAnchorsWriter(file.channel(), tableEnd);
      PageIndexBuilder builder = new PageIndexBuilder(images, table, anchors);
      for (int ordinal = 0; ordinal < images.size(); ordinal++) {
        builder.addImage(ordinal);
      }
      MemorySegment content = map(file, anchors.end() - PageIndexFile.HEADER, arena);
      file.channel().write(PageIndexFile.header(base, content, capacity, builder.entries), 0);
      file.commit();
    }
  }

  private static MemorySegment map(AtomicFile file, long bytes, Arena arena) throws IOException {
    return file.channel().map(MapMode.READ_WRITE, PageIndexFile.HEADER, bytes, arena);
  }

  private static long countPages(List<MappedImage> images) throws IOException {
    long pages = 0;
    for (MappedImage image : images) {
      for (Extent extent : image.dataExtents()) {
        pages += lastPage(extent) - firstPage(extent);
      }
    }
    return pages;
  }

  private static long firstPage(Extent extent) {
    return extent.offset() >>> Page.SHIFT;
  }

  private static long lastPage(Extent extent) {
    return Page.count(extent.end());
  }

  private void addImage(int ordinal) throws IOException {
    MappedImage image = images.get(ordinal);
    for (Extent extent : image.dataExtents()) {
      long end = lastPage(extent);
      for (long page = firstPage(extent); page < end; page += BATCH) {
        addBatch(ordinal, image.segment(), page, (int) Math.min(BATCH, end - page));
      }
    }
  }

  private void addBatch(int ordinal, MemorySegment segment, long first, int count)
      throws IOException {
    IntStream.range(0, (count + GRAIN - 1) / GRAIN)
        .parallel()
        .forEach(
            grain -> hash(segment, first, grain * GRAIN, Math.min(count, (grain + 1) * GRAIN)));
    for (int i = 0; i < count; i++) {
      long offset = (first + i) << Page.SHIFT;
      if (hashes[i] != ZERO_HASH || !Page.isZero(segment, offset)) {
        if (add(hashes[i], ordinal, first + i, segment, offset)) {
          fresh.set(i);
        }
      }
    }
    anchors.write(segment, PageIndex.location(ordinal, first), fresh);
    fresh.clear();
  }

  private void hash(MemorySegment segment, long first, int from, int to) {
    for (int i = from; i < to; i++) {
      hashes[i] = Page.hash(segment, (first + i) << Page.SHIFT);
    }
  }

  /** Whether the content was not there before. */
  private boolean add(long hash, int ordinal, long page, MemorySegment segment, long offset) {
    long slot = PageIndex.slotOf(hash, capacity);
    for (int probe = 0; probe < PageIndex.MAX_PROBES; probe++) {
      long entry = table.getAtIndex(JAVA_LONG, slot);
      if (entry == 0) {
        table.setAtIndex(JAVA_LONG, slot, PageIndex.entry(hash, ordinal, page));
        entries++;
        return true;
      }
      if (PageIndex.hasFingerprint(entry, hash) && isSame(entry, segment, offset)) {
        return false;
      }
      slot = slot + 1 == capacity ? 0 : slot + 1;
    }
    return false;
  }

  private boolean isSame(long entry, MemorySegment segment, long offset) {
    long location = PageIndex.locationOf(entry);
    MappedImage image = images.get(PageIndex.ordinal(location));
    long at = image.offsetOf(PageIndex.page(location));
    return Page.equal(image.segment(), at, segment, offset);
  }
}
