package io.cloudlet.sidecar.overlay;

/**
 * Bounds of the format. Whatever a file says is compared with these, and with the bytes that are
 * really there, before memory is allocated for it.
 */
public final class OverlayLimits {
  /** Pages of a segment. */
  public static final int SEGMENT_PAGES = 16384;

  /** Pages of an image, and slots of an overlay: 8 TiB. */
  public static final int PAGES = Integer.MAX_VALUE;

  /** Images of an overlay, and of its base. */
  public static final int IMAGES = 1024;

  /** Runs of base pages that one segment refers to. */
  public static final int REFERENCES = 65536;

  /** Bytes of a segment's codec parameters. */
  public static final int PARAMETERS = 1 << 20;

  /** Bytes of the manifest. */
  public static final int MANIFEST = 1 << 20;

  /** Bytes that a packed part may have unpacked, however few it has packed. */
  private static final long FREE_UNPACKED = 4L << 20;

  /** Unpacked bytes per packed byte that a larger part may have. */
  private static final long RATIO = 32;

  /** Largest packed part: it is held in one array. */
  private static final long PART = 1L << 30;

  private OverlayLimits() {}

  /**
   * Most bytes that a part of {@code stored} bytes may unpack to: a small file must not be able to
   * ask for much memory. What compresses better than this is stored as it is.
   */
  static long unpacked(long stored) {
    return Math.min(PART, Math.max(stored, Math.max(FREE_UNPACKED, stored * RATIO)));
  }
}
