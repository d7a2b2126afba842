package io.cloudlet.sidecar.image;

import java.io.IOException;
import java.lang.foreign.MemorySegment;
import java.nio.file.Path;
import java.util.random.RandomGenerator;
import java.util.random.RandomGeneratorFactory;

/** Images with random content for tests; the same seed gives the same image. */
public final class Images {
  private Images() {}

  /** Random numbers that a seed determines. */
  public static RandomGenerator random(long seed) {
    return RandomGeneratorFactory.of("L64X128MixRandom").create(seed);
  }

  /** A page of random bytes. */
  public static byte[] page(RandomGenerator random) {
    byte[] page = new byte[Page.SIZE];
    random.nextBytes(page);
    return page;
  }

  /** A sparse file in which one page of {@code spacing} holds data, on average. */
  public static Path sparse(Path path, long pages, int spacing, long seed) throws IOException {
    RandomGenerator random = random(seed);
    try (SparseFile file = SparseFile.create(path, pages << Page.SHIFT)) {
      for (long page = 0; page < pages; page++) {
        if (random.nextInt(spacing) == 0) {
          file.write(page << Page.SHIFT, MemorySegment.ofArray(page(random)));
        }
      }
    }
    return path;
  }
}
