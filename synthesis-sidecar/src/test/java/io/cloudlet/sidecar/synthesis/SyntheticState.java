package io.cloudlet.sidecar.synthesis;

import io.cloudlet.sidecar.codec.BasePages;
import io.cloudlet.sidecar.codec.SegmentEncoder;
import io.cloudlet.sidecar.image.Digest;
import io.cloudlet.sidecar.image.ImageDigest;
import io.cloudlet.sidecar.image.ImageId;
import io.cloudlet.sidecar.image.MappedImage;
import io.cloudlet.sidecar.image.Page;
import io.cloudlet.sidecar.overlay.BaseImageRef;
import io.cloudlet.sidecar.overlay.BaseRun;
import io.cloudlet.sidecar.overlay.Blob;
import io.cloudlet.sidecar.overlay.BlobName;
import io.cloudlet.sidecar.overlay.Effort;
import io.cloudlet.sidecar.overlay.ImageRuns;
import io.cloudlet.sidecar.overlay.ImageRunsBuilder;
import io.cloudlet.sidecar.overlay.OverlayImage;
import io.cloudlet.sidecar.overlay.OverlayIndex;
import io.cloudlet.sidecar.overlay.OverlayManifest;
import io.cloudlet.sidecar.overlay.OverlayWriter;
import io.cloudlet.sidecar.overlay.PageCounts;
import io.cloudlet.sidecar.overlay.RunKind;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Random;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * A made-up base and a state above it, with pages of every kind, and the overlay between them:
 * seeded, so that every run sees the same.
 */
final class SyntheticState {
  static final ImageId DISK = ImageId.FIRST_DISK;
  static final ImageId RAM = ImageId.MAIN_MEMORY;
  static final ImageId ROM = ImageId.parse("memory//rom@etc/acpi/tables");

  private static final int SEGMENT = 37;

  final Map<ImageId, byte[]> base = new TreeMap<>();
  final Map<ImageId, byte[]> changed = new TreeMap<>();
  final byte[] deviceState = new byte[5000];
  final byte[] preamble = {'Q', 'E', 'V', 'M', 0, 0, 0, 3};
  private final Path folder;
  private final Random random;

  /** Makes base files in a folder; no overlay yet. */
  SyntheticState(Path folder, long seed, int pages) throws IOException {
    this.folder = folder;
    this.random = new Random(seed);
    random.nextBytes(deviceState);
    put(DISK, pages, 1536);
    put(RAM, pages, 0);
    put(ROM, 3, 0);
    for (Map.Entry<ImageId, byte[]> image : base.entrySet()) {
      Files.write(file(image.getKey()), image.getValue());
    }
  }

  Path file(ImageId id) {
    return folder.resolve("base-" + id.toString().replace('/', '_') + ".raw");
  }

  /** A base image with holes, and a changed one of the same length that is alike in most pages. */
  private void put(ImageId id, int pages, int tail) {
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
    base.put(id, below);
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

  /** Writes the overlay. */
  Path overlay() throws IOException {
    Path target = folder.resolve("state.overlay");
    List<ImageId> ids = List.copyOf(base.keySet());
    Map<Digest, int[]> baseAt = new TreeMap<>((a, b) -> a.hex().compareTo(b.hex()));
    List<BaseImageRef> refs = new ArrayList<>();
    for (int i = 0; i < ids.size(); i++) {
      byte[] content = content(base, ids.get(i));
      for (int page = 0; page < Page.count(content.length); page++) {
        baseAt.putIfAbsent(Digest.sha256(page(content, page)), new int[] {i, page});
      }
      try (MappedImage image = MappedImage.open(file(ids.get(i)))) {
        refs.add(new BaseImageRef(ids.get(i), image.length(), ImageDigest.of(image).image()));
      }
    }
    ByteArrayOutputStream slots = new ByteArrayOutputStream();
    Map<Digest, Integer> slotAt = new TreeMap<>((a, b) -> a.hex().compareTo(b.hex()));
    List<ImageRuns> runs = new ArrayList<>();
    List<OverlayImage> images = new ArrayList<>();
    for (ImageId id : ids) {
      ImageRuns image = index(id, baseAt, slotAt, slots);
      runs.add(image);
      long fresh = image.pages(RunKind.SLOT);
      PageCounts counts =
          new PageCounts(image.pages(RunKind.ZERO), image.pages(RunKind.BASE), 0, fresh);
      images.add(new OverlayImage(id, content(changed, id).length, counts));
    }
    try (OverlayWriter writer = OverlayWriter.create(target)) {
      write(writer, slots.toByteArray(), ids);
      List<Blob> blobs = new ArrayList<>();
      blobs.add(writer.append(BlobName.PREAMBLE, preamble));
      blobs.add(writer.append(BlobName.DEVICE_STATE, deviceState));
      OverlayManifest manifest =
          new OverlayManifest(
              1, "2026-11-01T00:00:00Z", null, null, images, refs, blobs, Effort.FAST);
      writer.finish(manifest, new OverlayIndex(runs));
      writer.commit();
    }
    return target;
  }

  private ImageRuns index(
      ImageId id, Map<Digest, int[]> baseAt, Map<Digest, Integer> slotAt, ByteArrayOutputStream out)
      throws IOException {
    byte[] now = content(changed, id);
    byte[] before = content(base, id);
    ImageRunsBuilder runs = new ImageRunsBuilder();
    for (int number = 0; number < Page.count(now.length); number++) {
      byte[] content = page(now, number);
      if (Arrays.equals(content, page(before, number))) {
        continue;
      }
      int @Nullable [] known = baseAt.get(Digest.sha256(content));
      if (Arrays.equals(content, new byte[Page.SIZE])) {
        runs.zero(number);
      } else if (known != null) {
        runs.base(number, known[0], known[1]);
      } else {
        int next = out.size() >>> Page.SHIFT;
        int slot = slotAt.computeIfAbsent(Digest.sha256(content), key -> next);
        if (slot == next) {
          out.write(content);
        }
        runs.slot(number, slot);
      }
    }
    return runs.build();
  }

  private void write(OverlayWriter writer, byte[] slots, List<ImageId> ids) throws IOException {
    List<MappedImage> images = new ArrayList<>();
    try (Arena arena = Arena.ofConfined()) {
      for (ImageId id : ids) {
        images.add(MappedImage.open(file(id)));
      }
      try (SegmentEncoder encoder = SegmentEncoder.of(Effort.FAST, new BasePages(images))) {
        for (int at = 0; at < slots.length; at += SEGMENT * Page.SIZE) {
          int size = Math.min(SEGMENT * Page.SIZE, slots.length - at);
          MemorySegment pages = arena.allocate(size);
          MemorySegment.copy(MemorySegment.ofArray(slots), at, pages, 0, size);
          ByteBuffer stored = ByteBuffer.allocateDirect(encoder.bound(size));
          List<BaseRun> references =
              at % 2 == 0 ? List.of() : List.of(new BaseRun(0, 1, 5), new BaseRun(1, 2, 3));
          var codec = encoder.encode(pages, references, stored);
          writer.append(stored.flip(), size / Page.SIZE, codec);
        }
      }
    } finally {
      images.forEach(MappedImage::close);
    }
  }

  private static byte[] content(Map<ImageId, byte[]> images, ImageId id) {
    return Objects.requireNonNull(images.get(id));
  }

  static byte[] page(byte[] image, int page) {
    return Arrays.copyOfRange(
        Arrays.copyOfRange(image, page * Page.SIZE, Math.min(image.length, (page + 1) * Page.SIZE)),
        0,
        Page.SIZE);
  }
}
