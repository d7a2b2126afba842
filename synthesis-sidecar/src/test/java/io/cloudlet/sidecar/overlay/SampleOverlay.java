package io.cloudlet.sidecar.overlay;

import io.cloudlet.sidecar.image.Digest;
import io.cloudlet.sidecar.image.ImageId;
import io.cloudlet.sidecar.image.Page;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;

/** A valid overlay of random content, the same for the same seed. */
public final class SampleOverlay {
  static final List<BaseImageRef> BASE_IMAGES =
      List.of(
          new BaseImageRef(ImageId.FIRST_DISK, 4000L * Page.SIZE, digest("disk")),
          new BaseImageRef(ImageId.MAIN_MEMORY, 2000L * Page.SIZE + 17, digest("memory")));

  private final Random random;
  private final List<byte[]> segments = new ArrayList<>();
  private final List<SegmentCodec> codecs = new ArrayList<>();
  private final List<Integer> pages = new ArrayList<>();
  private final byte[] deviceState;

  public SampleOverlay(long seed) {
    random = new Random(seed);
    int count = 1 + random.nextInt(12);
    for (int i = 0; i < count; i++) {
      byte[] stored = new byte[1 + random.nextInt(3000)];
      random.nextBytes(stored);
      segments.add(stored);
      codecs.add(codec());
      pages.add(1 + random.nextInt(40));
    }
    deviceState = "device state ".repeat(random.nextInt(200)).getBytes(StandardCharsets.UTF_8);
  }

  byte[] deviceState() {
    return deviceState;
  }

  byte[] segment(int number) {
    return segments.get(number);
  }

  int slots() {
    return pages.stream().mapToInt(Integer::intValue).sum();
  }

  private SegmentCodec codec() {
    List<BaseRun> references = new ArrayList<>();
    for (int i = random.nextInt(4); i > 0; i--) {
      references.add(new BaseRun(random.nextInt(2), random.nextInt(1900), 1 + random.nextInt(100)));
    }
    byte[] parameters = new byte[random.nextInt(20)];
    random.nextBytes(parameters);
    return new SegmentCodec(random.nextInt(5), references, ByteBuffer.wrap(parameters));
  }

  /** Runs of all kinds over both images. */
  OverlayIndex index() {
    Random shape = new Random(slots());
    return new OverlayIndex(List.of(runs(shape, 5000, slots()), runs(shape, 2001, slots())));
  }

  static ImageRuns runs(Random random, int imagePages, int slots) {
    ImageRunsBuilder runs = new ImageRunsBuilder();
    int page = random.nextInt(5);
    while (page < imagePages) {
      int count = Math.min(1 + random.nextInt(30), imagePages - page);
      switch (RunKind.of(random.nextInt(RunKind.COUNT))) {
        case ZERO -> runs.add(page, count, RunKind.ZERO, 0, 0);
        case BASE -> runs.add(page, count, RunKind.BASE, random.nextInt(2), random.nextInt(1900));
        case SLOT -> {
          int few = Math.min(count, slots);
          runs.add(page, few, RunKind.SLOT, 0, random.nextInt(slots - few + 1));
        }
      }
      page += count + random.nextInt(20);
    }
    return runs.build();
  }

  OverlayManifest manifest(List<Blob> blobs) {
    PageCounts counts = new PageCounts(1, 2, 3, slots());
    return new OverlayManifest(
        1,
        "2026-01-02T03:04:05Z",
        digest("base"),
        null,
        List.of(
            new OverlayImage(ImageId.FIRST_DISK, 5000L * Page.SIZE, counts),
            new OverlayImage(ImageId.MAIN_MEMORY, 2001L * Page.SIZE, counts)),
        BASE_IMAGES,
        blobs,
        Effort.FAST);
  }

  /** Writes it and returns the root digest. */
  public Digest write(Path target) throws IOException {
    try (OverlayWriter writer = OverlayWriter.create(target)) {
      Digest root = writeTo(writer);
      writer.commit();
      return root;
    }
  }

  Digest writeTo(OverlayWriter writer) throws IOException {
    for (int i = 0; i < segments.size(); i++) {
      writer.append(ByteBuffer.wrap(segments.get(i)), pages.get(i), codecs.get(i));
    }
    Blob preamble = writer.append(BlobName.PREAMBLE, new byte[] {1, 2, 3});
    Blob devices = writer.append(BlobName.DEVICE_STATE, deviceState);
    return writer.finish(manifest(List.of(preamble, devices)), index());
  }

  private static Digest digest(String text) {
    return Digest.sha256(text.getBytes(StandardCharsets.UTF_8));
  }
}
