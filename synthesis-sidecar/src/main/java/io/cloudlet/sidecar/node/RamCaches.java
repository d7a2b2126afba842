package io.cloudlet.sidecar.node;

import io.cloudlet.sidecar.synthesis.RamCache;
import java.io.IOException;
import java.nio.file.FileStore;
import java.nio.file.Files;

/** The cache of synthesised overlays in a data directory, with the limit that its disk allows. */
final class RamCaches {
  /** What the cache may take of the disk's free space. */
  private static final int SHARE = 4;

  private static final long LARGEST = 64L << 30;

  private RamCaches() {}

  static RamCache of(DataDirectory data) throws IOException {
    FileStore disk = Files.getFileStore(data.ramCache());
    return new RamCache(data.ramCache(), Math.min(LARGEST, disk.getUsableSpace() / SHARE));
  }
}
