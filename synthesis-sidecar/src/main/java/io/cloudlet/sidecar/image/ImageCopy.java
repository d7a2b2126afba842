package io.cloudlet.sidecar.image;

import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.List;

/** Copies raw images: shares blocks where the file system can, and keeps holes where it cannot. */
public final class ImageCopy {
  private ImageCopy() {}

  /**
   * Makes {@code target} a file of its own with the content of {@code source}.
   *
   * @param target does not exist yet; removed again when copying fails
   */
  public static void copy(Path source, Path target) throws IOException {
    try (FileChannel from = FileChannel.open(source, StandardOpenOption.READ)) {
      SparseFile.create(target, from.size()).close();
      try {
        if (!shareBlocks(source, target)) {
          copyData(source, from, target);
        }
      } catch (IOException | RuntimeException e) {
        Files.deleteIfExists(target);
        throw e;
      }
    }
  }

  private static boolean shareBlocks(Path source, Path target) throws IOException {
    try (NativeFile from = NativeFile.openToRead(source);
        NativeFile to = NativeFile.openToWrite(target)) {
      return to.cloneFrom(from);
    }
  }

  private static void copyData(Path source, FileChannel from, Path target) throws IOException {
    List<Extent> extents;
    try (NativeFile file = NativeFile.openToRead(source)) {
      extents = file.dataExtents(from.size());
    }
    try (FileChannel to = FileChannel.open(target, StandardOpenOption.WRITE)) {
      for (Extent extent : extents) {
        copy(from, to, extent);
      }
    } catch (IOException e) {
      throw UnwritableException.of(target, e);
    }
  }

  private static void copy(FileChannel from, FileChannel to, Extent extent) throws IOException {
    to.position(extent.offset());
    for (long done = 0; done < extent.length(); ) {
      long moved = from.transferTo(extent.offset() + done, extent.length() - done, to);
      if (moved <= 0) {
        throw new CloudletException("an image shrank while it was copied; nobody may write to it");
      }
      done += moved;
    }
  }
}
