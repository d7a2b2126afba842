package io.cloudlet.sidecar.image;

import java.lang.foreign.MemorySegment;

/**
 * The content of one image or layer, memory mapped, page by page.
 *
 * <p>Reads are thread-safe; {@link #close} unmaps, after which every access fails with an {@link
 * IllegalStateException}.
 */
public interface PageSource extends AutoCloseable {
  /** {@link #offsetOf} of a page that is all zero and lies nowhere. */
  long ZERO = -1;

  /** {@link #offsetOf} of a page that this layer does not hold: what lies below decides. */
  long ABSENT = -2;

  /** Bytes of the image. When this is no multiple of the page size, the last page ends in zeros. */
  long length();

  /** What the offsets of {@link #offsetOf} point into. */
  MemorySegment segment();

  /**
   * Where the 4096 bytes of a page begin in {@link #segment}, or {@link #ZERO}, or {@link #ABSENT}.
   *
   * <p>A source says {@link #ZERO} where it knows so without reading; a page that has an offset may
   * be all zero too.
   *
   * @param page 0 up to {@link Page#count} of the length, exclusive
   */
  long offsetOf(long page);

  /** Unmaps. */
  @Override
  void close();
}
