package io.cloudlet.sidecar.synthesis;

import io.cloudlet.sidecar.image.Extent;
import io.cloudlet.sidecar.image.Folders;
import io.cloudlet.sidecar.image.ImageKind;
import io.cloudlet.sidecar.image.Page;
import io.cloudlet.sidecar.overlay.ImageRuns;
import io.cloudlet.sidecar.overlay.RunKind;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Chooses how an overlay's VM starts that is not in the cache.
 *
 * <p>Composing takes the least processor time, as QEMU does not touch the pages and the cache needs
 * no second pass. But it writes all of the memory to a file: where that is more than the kernel
 * holds back from the disk, writers wait for the disk, and streaming is faster. And QEMU has to see
 * what is written to the files after it has been started with them.
 */
final class WayChoice {
  private static final Path MEMORY = Path.of("/proc/meminfo");
  private static final Pattern AVAILABLE = Pattern.compile("MemAvailable:\\s+(\\d{1,15}) kB");

  /**
   * Part of the available memory that may be dirty: writers are slowed down half way between Linux'
   * two default thresholds of 10 and 20 percent.
   */
  private static final double DIRTY = 0.15;

  private WayChoice() {}

  /** The way for an overlay that the cache has not. */
  static Way of(OverlayStart start, RamCache cache) throws IOException {
    long written = memoryBytes(start) + diskBytes(start);
    boolean fits =
        start.target().host().sharesFiles(start.target().binary())
            && written <= cache.limit()
            && written <= available() * DIRTY
            && written <= Files.getFileStore(Folders.create(cache.folder())).getUsableSpace();
    return fits ? Way.COMPOSED : Way.DELTA;
  }

  /** At most so many bytes of memory files: what the base has, and all that is changed. */
  private static long memoryBytes(OverlayStart start) throws IOException {
    long sum = bytes(start, ImageKind.MEMORY);
    for (Extent extent : start.base().image(MemoryBlocks.MAIN).dataExtents()) {
      sum += extent.length();
    }
    return sum;
  }

  private static long diskBytes(OverlayStart start) {
    return bytes(start, ImageKind.DISK);
  }

  private static long bytes(OverlayStart start, ImageKind kind) {
    long pages = 0;
    for (int image = 0; image < start.manifest().images().size(); image++) {
      if (start.manifest().images().get(image).id().kind() == kind) {
        ImageRuns runs = start.overlay().index().images().get(image);
        pages += runs.pages(RunKind.SLOT) + runs.pages(RunKind.BASE);
      }
    }
    return pages << Page.SHIFT;
  }

  private static long available() throws IOException {
    List<String> lines = Files.readAllLines(MEMORY);
    for (String line : lines) {
      Matcher matcher = AVAILABLE.matcher(line);
      if (matcher.matches()) {
        return Long.parseLong(matcher.group(1)) << 10;
      }
    }
    return 0;
  }
}
