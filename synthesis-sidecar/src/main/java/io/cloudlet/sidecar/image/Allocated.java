package io.cloudlet.sidecar.image;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;

/** What files take on the disk, without their holes. */
public final class Allocated {
  private Allocated() {}

  /** Of a file, or of a folder with all that is in it. */
  public static long bytes(Path root) throws IOException {
    List<Path> files;
    try (Stream<Path> tree = Files.walk(root)) {
      files = tree.filter(Files::isRegularFile).toList();
    }
    long sum = 0;
    for (Path file : files) {
      if (Files.size(file) > 0) {
        try (MappedImage image = MappedImage.open(file)) {
          sum += image.dataExtents().stream().mapToLong(Extent::length).sum();
        }
      }
    }
    return sum;
  }
}
