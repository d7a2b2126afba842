package io.cloudlet.sidecar.synthesis;

import io.cloudlet.sidecar.image.CloudletException;
import io.cloudlet.sidecar.image.Extent;
import io.cloudlet.sidecar.image.MappedImage;
import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.List;

/** Copies a qcow2 layer over a file that QEMU has open but has not begun to use. */
final class DiskCopy {
  private DiskCopy() {}

  /**
   * Copies; file systems that can do so share the blocks.
   *
   * @param target holds less than the source, or nothing; stays the caller's
   */
  static void copy(Path source, FileChannel target) throws IOException {
    List<Extent> extents;
    try (MappedImage layer = MappedImage.open(source)) {
      extents = layer.dataExtents();
    }
    try (FileChannel from = FileChannel.open(source, StandardOpenOption.READ)) {
      for (Extent extent : extents) {
        copy(from, extent, target);
      }
    }
  }

  private static void copy(FileChannel from, Extent extent, FileChannel target) throws IOException {
    target.position(extent.offset());
    for (long at = extent.offset(); at < extent.end(); ) {
      long moved = from.transferTo(at, extent.end() - at, target);
      if (moved <= 0) {
        throw new CloudletException("a file of the cache shrank while it was copied; try again");
      }
      at += moved;
    }
  }
}
