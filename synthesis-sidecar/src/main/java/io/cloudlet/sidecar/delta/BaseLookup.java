package io.cloudlet.sidecar.delta;

import java.lang.foreign.MemorySegment;

/** Finds pages of the base by their content. Thread-safe. */
public interface BaseLookup {
  /** Result of {@link #find}: the base has no such page, or none that is found. */
  long NONE = -1;

  /** A base in which nothing is found. */
  BaseLookup EMPTY = (data, offset, hash) -> NONE;

  /**
   * A page of the base with the same 4096 bytes, which have been compared.
   *
   * @param hash of the page, by {@link io.cloudlet.sidecar.image.Page#hash}
   * @return image ordinal and page as {@link #pack} joins them, or {@link #NONE}
   */
  long find(MemorySegment data, long offset, long hash);

  /** Joins an image's ordinal and one of its pages. */
  static long pack(int image, int page) {
    return ((long) image << Integer.SIZE) | page;
  }

  /** The image's ordinal in a result. */
  static int image(long found) {
    return (int) (found >>> Integer.SIZE);
  }

  /** The page in a result. */
  static int page(long found) {
    return (int) found;
  }
}
