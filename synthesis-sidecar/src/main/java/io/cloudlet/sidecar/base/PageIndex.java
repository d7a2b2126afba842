package io.cloudlet.sidecar.base;

import static java.lang.foreign.ValueLayout.JAVA_LONG;

import io.cloudlet.sidecar.image.Digest;
import io.cloudlet.sidecar.image.MappedImage;
import io.cloudlet.sidecar.image.Page;
import java.io.IOException;
import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

/**
 * Finds where a base VM holds a page of some content, on disk or in memory.
 *
 * <p>An open-addressing table in a mapped file, keyed by {@link Page#hash}: it takes no heap, and
 * the kernel keeps of it what is used. A hash only finds candidates; bytes decide. Every content is
 * in it once, with its first place: disks come before memory. Zero pages are not in it.
 * Thread-safe.
 */
public final class PageIndex implements AutoCloseable {
  /** {@link #find}: the base VM does not hold this content. */
  public static final long NONE = -1;

  /**
   * The longest way from a page's own slot to where it is. Content made to collide could otherwise
   * turn every step of building and finding into a walk through the whole table; pages farther off
   * are left out.
   */
  static final int MAX_PROBES = 256;

  private static final int PAGE_BITS = 40;
  private static final int FINGERPRINT_SHIFT = 48;
  private static final long LOCATION_MASK = (1L << FINGERPRINT_SHIFT) - 1;
  private static final long PAGE_MASK = (1L << PAGE_BITS) - 1;

  private final Arena arena;
  private final MemorySegment table;
  private final long capacity;
  private final long entries;
  private final BaseAnchors anchors;
  private final List<MappedImage> images;

  /** Takes over the arena, not the images. */
  PageIndex(
      Arena arena,
      MemorySegment table,
      long entries,
      BaseAnchors anchors,
      List<MappedImage> images) {
    this.arena = arena;
    this.table = table;
    this.capacity = table.byteSize() / Long.BYTES;
    this.entries = entries;
    this.anchors = anchors;
    this.images = images;
  }

  /**
   * The index of images that belong to no base VM, in a file without a name.
   *
   * @param folder where there is room for 100 bytes per page of data
   * @param images stay open as long as the index
   */
  public static PageIndex of(Path folder, List<MappedImage> images) throws IOException {
    Digest any = Digest.sha256(new byte[0]);
    Path file = Files.createTempFile(folder, "index", "");
    try {
      PageIndexBuilder.build(file, any, images);
      return PageIndexFile.open(file, any, images);
    } finally {
      Files.deleteIfExists(file);
    }
  }

  /** The ordinal of the image in a location that {@link #find} gave. */
  public static int ordinal(long location) {
    return (int) (location >>> PAGE_BITS);
  }

  /** The page in a location that {@link #find} gave. */
  public static long page(long location) {
    return location & PAGE_MASK;
  }

  /** How many different contents the base VM holds, zero aside. */
  public long entries() {
    return entries;
  }

  /** What tells pages that are alike; valid as long as this is open. */
  public BaseAnchors anchors() {
    return anchors;
  }

  /**
   * Finds a page with these bytes.
   *
   * @param content where the 4096 bytes at {@code offset} are looked up; not all zero
   * @return a location for {@link #ordinal} and {@link #page}, or {@link #NONE}
   */
  public long find(MemorySegment content, long offset) {
    return find(content, offset, Page.hash(content, offset));
  }

  /** The same for a page whose {@link Page#hash} is known. */
  public long find(MemorySegment content, long offset, long hash) {
    long slot = slotOf(hash, capacity);
    for (int probe = 0; probe < MAX_PROBES; probe++) {
      long entry = table.getAtIndex(JAVA_LONG, slot);
      if (entry == 0) {
        return NONE;
      }
      if (hasFingerprint(entry, hash) && holds(entry, content, offset)) {
        return locationOf(entry);
      }
      slot = slot + 1 == capacity ? 0 : slot + 1;
    }
    return NONE;
  }

  @Override
  public void close() {
    if (arena.scope().isAlive()) {
      arena.close();
    }
  }

  private boolean holds(long entry, MemorySegment content, long offset) {
    long location = locationOf(entry);
    int ordinal = ordinal(location);
    if (ordinal >= images.size()) {
      return false;
    }
    MappedImage image = images.get(ordinal);
    long page = page(location);
    return page < Page.count(image.length())
        && Page.equal(image.segment(), image.offsetOf(page), content, offset);
  }

  /** The slot uses the high bits of a hash, the fingerprint the low ones. */
  static long slotOf(long hash, long capacity) {
    return Math.unsignedMultiplyHigh(hash, capacity);
  }

  /** Bits 48 to 63: fingerprint; 40 to 47: ordinal + 1, so that no entry is 0; 0 to 39: page. */
  static long entry(long hash, int ordinal, long page) {
    return hash << FINGERPRINT_SHIFT | location(ordinal + 1, page);
  }

  /** The inverse of {@link #ordinal} and {@link #page}. */
  static long location(int ordinal, long page) {
    return (long) ordinal << PAGE_BITS | page;
  }

  static boolean hasFingerprint(long entry, long hash) {
    return entry >>> FINGERPRINT_SHIFT == (hash & 0xFFFF);
  }

  static long locationOf(long entry) {
    return (entry & LOCATION_MASK) - (1L << PAGE_BITS);
  }
}
