package io.cloudlet.sidecar.codec;

import io.cloudlet.sidecar.overlay.Effort;
import java.util.Map;

/**
 * What libzstd is told for each effort. Measured on the new pages of a Debian guest, in segments of
 * 8 MiB of pages that are alike: the presets' hash tables are too small for such segments.
 */
final class ZstdTuning {
  /** Segments of 8 MiB and their dictionary lie in one window. */
  private static final int WINDOW = 24;

  private static final int DOUBLE_FAST = 2;
  private static final int BTOPT = 7;

  private ZstdTuning() {}

  static Map<ZstdParameter, Integer> of(Effort effort) {
    return switch (effort) {
      case FAST ->
          Map.of(
              ZstdParameter.LEVEL, 1,
              ZstdParameter.WINDOW_LOG, WINDOW,
              ZstdParameter.HASH_LOG, 18,
              ZstdParameter.MIN_MATCH, 5,
              ZstdParameter.CHECKSUM, 1);
      case BALANCED ->
          Map.of(
              ZstdParameter.LEVEL, 3,
              ZstdParameter.WINDOW_LOG, WINDOW,
              ZstdParameter.HASH_LOG, 19,
              ZstdParameter.CHAIN_LOG, 17,
              ZstdParameter.MIN_MATCH, 5,
              ZstdParameter.STRATEGY, DOUBLE_FAST,
              ZstdParameter.CHECKSUM, 1);
      case BEST ->
          Map.of(
              ZstdParameter.LEVEL, 18,
              ZstdParameter.WINDOW_LOG, WINDOW,
              ZstdParameter.HASH_LOG, 20,
              ZstdParameter.CHAIN_LOG, 21,
              ZstdParameter.SEARCH_LOG, 3,
              ZstdParameter.MIN_MATCH, 3,
              ZstdParameter.TARGET_LENGTH, 64,
              ZstdParameter.STRATEGY, BTOPT,
              ZstdParameter.CHECKSUM, 1);
    };
  }
}
