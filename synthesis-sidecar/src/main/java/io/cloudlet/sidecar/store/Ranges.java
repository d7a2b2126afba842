package io.cloudlet.sidecar.store;

import io.cloudlet.sidecar.image.CorruptException;

/** Checks of byte ranges that all sources share. */
final class Ranges {
  private Ranges() {}

  /** Refuses a range that does not lie within the source. */
  static void check(OverlaySource source, long offset, long count) throws CorruptException {
    if (offset < 0 || count > source.length() - offset) {
      throw new CorruptException(
          source.describe(),
          offset,
          count + " bytes are expected from here, but there are " + source.length() + " in all");
    }
  }
}
