package io.cloudlet.sidecar.synthesis;

import io.cloudlet.sidecar.image.ImageId;
import io.cloudlet.sidecar.image.Page;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.TreeMap;

/**
 * A made-up base and a state above it, with pages of every kind, and the overlay between them:
 * seeded, so that every run sees the same.
 */
final class SyntheticState {
  static final ImageId DISK = ImageId.FIRST_DISK;
  static final ImageId RAM = ImageId.MAIN_MEMORY;
  static final ImageId ROM = ImageId.parse("memory//rom@etc/acpi/tables");

  private static final int SEGMENT = 37;

  final Map<ImageId, byte[]> changed = new TreeMap<>();
  final byte[] deviceState = new byte[5000];
  final byte[] preamble = {'Q', 'E', 'V', 'M', 0, 0, 0, 3};
  private final Path folder;
  private final Random random;

  /** Makes the files of both states in a folder. */
  SyntheticState(Path folder, long seed, int pages) throws IOException {
    this.folder = folder;
    this.random = new Random(seed);
    random.nextBytes(deviceState);
    put(DISK, pages, 1536);
    put(RAM, pages, 0);
    put(ROM, 3, 0);
  }

  Path base(ImageId id) {
    return folder.resolve("base-" + id.toString().replace('/', '_') + ".raw");
  }

  private Path changed(ImageId id) {
    return folder.resolve("base-" + id.toString().replace('/', '_') + ".changed");
  }

  /** Writes the overlay. */
  Path overlay() throws IOException {
    Path target = folder.resolve("state.overlay");
    List<ImageId> ids = List.of(DISK, RAM, ROM);
    try (NaiveEncoder encoder = new NaiveEncoder(ids, this::base, this::changed, SEGMENT)) {
      encoder.write(target, null, null, preamble, deviceState);
    }
    return target;
  }

  /** A base image with zero pages, and a changed one of the same length. */
  private void put(ImageId id, int pages, int tail) throws IOException {
    byte[] below = new byte[pages * Page.SIZE - tail];
    byte[] above = new byte[below.length];
    for (int page = 0; page < pages; page++) {
      int size = Math.min(Page.SIZE, below.length - page * Page.SIZE);
      if (random.nextInt(3) > 0) {
        fill(below, page, size);
      }
      switch (random.nextInt(6)) {
        case 0 -> {}
        case 1, 2 -> fill(above, page, size);
        case 3 -> copy(above, random.nextInt(page + 1), above, page, size);
        case 4 -> copy(below, random.nextInt(page + 1), above, page, size);
        default -> copy(below, page, above, page, size);
      }
    }
    Files.write(base(id), below);
    Files.write(changed(id), above);
    changed.put(id, above);
  }

  private void fill(byte[] image, int page, int size) {
    // Compressible and distinct.
    byte[] word = new byte[64];
    random.nextBytes(word);
    for (int i = 0; i < size; i++) {
      image[page * Page.SIZE + i] = word[(i * 7) & 63];
    }
  }

  private static void copy(byte[] from, int source, byte[] to, int target, int size) {
    System.arraycopy(from, source * Page.SIZE, to, target * Page.SIZE, size);
  }
}
