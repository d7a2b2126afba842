package io.cloudlet.sidecar.delta;

import io.cloudlet.sidecar.overlay.Effort;

/**
 * How closely new pages are compared when they are grouped.
 *
 * @param chunk pages that stay together: fewer find more that is alike, but make longer indexes
 * @param bits one anchor every 2^bits bytes
 * @param chance anchors that two chunks may share by chance
 */
record Grain(int chunk, int bits, int chance) {
  /** Bits of the coarse grain. */
  static final int COARSE = 8;

  /** Measured on the new pages of a Debian guest: the fine one takes twice the time for 1 %. */
  static Grain of(Effort effort) {
    return effort == Effort.BEST ? new Grain(8, 7, 2) : new Grain(16, COARSE, 1);
  }
}
