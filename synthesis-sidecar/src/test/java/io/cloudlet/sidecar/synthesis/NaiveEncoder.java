package io.cloudlet.sidecar.synthesis;

import io.cloudlet.sidecar.codec.BasePages;
import io.cloudlet.sidecar.codec.SegmentEncoder;
import io.cloudlet.sidecar.image.Digest;
import io.cloudlet.sidecar.image.ImageDigest;
import io.cloudlet.sidecar.image.ImageId;
import io.cloudlet.sidecar.image.MappedImage;
import io.cloudlet.sidecar.image.Page;
import io.cloudlet.sidecar.machine.Machine;
import io.cloudlet.sidecar.overlay.BaseImageRef;
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
import java.io.IOException;
import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.nio.ByteBuffer;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Writes overlays from whole files, plainly: to have overlays of every kind of page, not small
 * ones.
 */
final class NaiveEncoder implements AutoCloseable {
  private record Place(MappedImage image, int ordinal, int page) {
    boolean holds(MappedImage other, long offset) {
      return Page.equal(image.segment(), (long) page << Page.SHIFT, other.segment(), offset);
    }
  }

  private final List<ImageId> ids;
  private final List<MappedImage> base = new ArrayList<>();
  private final List<MappedImage> changed = new ArrayList<>();
  private final Map<Long, Place> baseByHash = new HashMap<>();
  private final Map<Long, Integer> slotByHash = new HashMap<>();
  private final List<Place> slots = new ArrayList<>();
  private final int segmentPages;

  /** Of images whose files two folders' locators find. */
  NaiveEncoder(
      List<ImageId> ids, BaseImages.Locator base, BaseImages.Locator changed, int segmentPages)
      throws IOException {
    this.ids = ids;
    this.segmentPages = segmentPages;
    for (ImageId id : ids) {
      this.base.add(MappedImage.open(base.locate(id)));
      this.changed.add(MappedImage.open(changed.locate(id)));
    }
  }

  void write(
      Path target,
      @Nullable Digest baseDigest,
      @Nullable Machine machine,
      byte[] preamble,
      byte[] deviceState)
      throws IOException {
    List<BaseImageRef> refs = new ArrayList<>();
    for (int i = 0; i < base.size(); i++) {
      for (int page = 0; page < Page.count(base.get(i).length()); page++) {
        long hash = Page.hash(base.get(i).segment(), (long) page << Page.SHIFT);
        baseByHash.putIfAbsent(hash, new Place(base.get(i), i, page));
      }
      Digest digest = ImageDigest.of(base.get(i)).image();
      refs.add(new BaseImageRef(ids.get(i), base.get(i).length(), digest));
    }
    List<ImageRuns> runs = new ArrayList<>();
    List<OverlayImage> images = new ArrayList<>();
    for (int i = 0; i < ids.size(); i++) {
      runs.add(index(i));
      PageCounts counts = new PageCounts(0, 0, 0, runs.get(i).pages(RunKind.SLOT));
      images.add(new OverlayImage(ids.get(i), changed.get(i).length(), counts));
    }
    try (OverlayWriter writer = OverlayWriter.create(target)) {
      writeSegments(writer);
      List<Blob> blobs = new ArrayList<>();
      blobs.add(writer.append(BlobName.PREAMBLE, preamble));
      blobs.add(writer.append(BlobName.DEVICE_STATE, deviceState));
      OverlayManifest manifest =
          new OverlayManifest(
              1, "2026-11-01T00:00:00Z", baseDigest, machine, images, refs, blobs, Effort.FAST);
      writer.finish(manifest, new OverlayIndex(runs));
      writer.commit();
    }
  }

  private ImageRuns index(int ordinal) {
    MappedImage now = changed.get(ordinal);
    MappedImage before = base.get(ordinal);
    ImageRunsBuilder runs = new ImageRunsBuilder();
    for (int page = 0; page < Page.count(now.length()); page++) {
      long offset = (long) page << Page.SHIFT;
      if (Page.equal(now.segment(), offset, before.segment(), offset)) {
        continue;
      }
      long hash = Page.hash(now.segment(), offset);
      Place known = baseByHash.get(hash);
      if (Page.isZero(now.segment(), offset)) {
        runs.zero(page);
      } else if (known != null && known.holds(now, offset)) {
        runs.base(page, known.ordinal(), known.page());
      } else {
        runs.slot(page, slot(now, ordinal, page, hash));
      }
    }
    return runs.build();
  }

  private int slot(MappedImage image, int ordinal, int page, long hash) {
    Integer known = slotByHash.get(hash);
    if (known != null && slots.get(known).holds(image, (long) page << Page.SHIFT)) {
      return known;
    }
    slotByHash.put(hash, slots.size());
    slots.add(new Place(image, ordinal, page));
    return slots.size() - 1;
  }

  private void writeSegments(OverlayWriter writer) throws IOException {
    try (Arena arena = Arena.ofConfined();
        SegmentEncoder encoder = SegmentEncoder.of(Effort.FAST, new BasePages(base))) {
      MemorySegment pages = arena.allocate((long) segmentPages << Page.SHIFT);
      ByteBuffer stored = ByteBuffer.allocateDirect(encoder.bound(segmentPages << Page.SHIFT));
      for (int at = 0; at < slots.size(); at += segmentPages) {
        int count = Math.min(segmentPages, slots.size() - at);
        for (int i = 0; i < count; i++) {
          Place place = slots.get(at + i);
          long from = (long) place.page() << Page.SHIFT;
          MemorySegment.copy(
              place.image().segment(), from, pages, (long) i << Page.SHIFT, Page.SIZE);
        }
        stored.clear();
        var codec = encoder.encode(pages.asSlice(0, (long) count << Page.SHIFT), List.of(), stored);
        writer.append(stored.flip(), count, codec);
      }
    }
  }

  @Override
  public void close() {
    base.forEach(MappedImage::close);
    changed.forEach(MappedImage::close);
  }
}
