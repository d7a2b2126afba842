package io.cloudlet.sidecar.overlay;

import io.cloudlet.sidecar.image.CorruptException;
import io.cloudlet.sidecar.image.Page;
import java.util.List;

/** Reads what {@link IndexColumns} wrote. */
final class IndexColumnsReader {
  private final VarintReader gaps;
  private final VarintReader counts;
  private final VarintReader slots;
  private final VarintReader bases;
  private final long[] basePages;
  private final long[] expectedPage;
  private final int slotCount;
  private long expectedSlot;

  private IndexColumnsReader(VarintReader in, int[] lengths, long[] basePages, int slotCount)
      throws CorruptException {
    gaps = in.slice(lengths[0]);
    counts = in.slice(lengths[1]);
    slots = in.slice(lengths[2]);
    bases = in.slice(lengths[3]);
    this.basePages = basePages;
    this.slotCount = slotCount;
    expectedPage = new long[basePages.length];
  }

  static IndexColumnsReader open(VarintReader in, List<BaseImageRef> baseImages, int slotCount)
      throws CorruptException {
    int[] lengths = new int[4];
    for (int column = 0; column < lengths.length; column++) {
      lengths[column] = in.unsigned(in.remaining(), "length of a column");
    }
    long[] basePages = baseImages.stream().mapToLong(b -> Page.count(b.length())).toArray();
    return new IndexColumnsReader(in, lengths, basePages, slotCount);
  }

  /** The next image's runs, which have to lie below {@code pages}. */
  ImageRuns read(int size, long pages) throws CorruptException {
    // Each run has a byte or more in these columns, so the arrays cannot outgrow the input.
    gaps.require(size <= gaps.remaining(), "has fewer gaps than runs");
    counts.require(size <= counts.remaining(), "has fewer counts than runs");
    int[] first = new int[size];
    int[] count = new int[size];
    long[] target = new long[size];
    long end = 0;
    for (int run = 0; run < size; run++) {
      long page = end + gaps.unsigned(OverlayLimits.PAGES, "gap");
      long packed = counts.unsigned();
      long length = packed / RunKind.COUNT + 1;
      end = page + length;
      counts.require(
          length <= pages && end <= pages,
          "has a run past the image's end: " + page + "+" + length);
      first[run] = (int) page;
      count[run] = (int) length;
      target[run] = readTarget(RunKind.of((int) (packed % RunKind.COUNT)), (int) length);
    }
    return new ImageRuns(first, count, target);
  }

  private long readTarget(RunKind kind, int count) throws CorruptException {
    return switch (kind) {
      case ZERO -> ImageRuns.pack(kind, 0, 0);
      case BASE -> readBase(count);
      case SLOT -> readSlot(count);
    };
  }

  private long readBase(int count) throws CorruptException {
    int image = bases.unsigned(OverlayLimits.IMAGES, "image of the base");
    bases.require(image < basePages.length, "refers to image " + image + " of the base");
    long page = expectedPage[image] + bases.signed();
    bases.require(
        page >= 0 && page + count <= basePages[image],
        "refers to pages that the base has not: " + page + "+" + count);
    expectedPage[image] = page + count;
    return ImageRuns.pack(RunKind.BASE, image, (int) page);
  }

  private long readSlot(int count) throws CorruptException {
    long slot = expectedSlot + slots.signed();
    slots.require(slot >= 0 && slot + count <= slotCount, "refers to slots that are not: " + slot);
    expectedSlot = slot + count;
    return ImageRuns.pack(RunKind.SLOT, 0, (int) slot);
  }

  void requireEnd() throws CorruptException {
    gaps.requireEnd();
    counts.requireEnd();
    slots.requireEnd();
    bases.requireEnd();
  }
}
