package io.cloudlet.sidecar.agent.cache;

import io.cloudlet.sidecar.base.BaseManifest;

/** What a base VM will take on disk, before it is here. */
final class ImportSize {
  /** Systems on disk and in memory shrink to a third or a half. */
  private static final long RATIO = 3;

  private ImportSize() {}

  /** A guess: nobody but its holes tells how much of an image is data. */
  static long guess(BaseManifest manifest, long packageBytes) {
    return Math.min(manifest.bytes(), RATIO * packageBytes);
  }
}
