package io.cloudlet.sidecar.delta;

import io.cloudlet.sidecar.image.AtomicFile;
import io.cloudlet.sidecar.image.CloudletException;
import io.cloudlet.sidecar.image.CorruptException;
import io.cloudlet.sidecar.image.Digest;
import io.cloudlet.sidecar.image.Durability;
import io.cloudlet.sidecar.image.ImageId;
import io.cloudlet.sidecar.image.MappedImage;
import io.cloudlet.sidecar.image.Page;
import io.cloudlet.sidecar.overlay.Blob;
import io.cloudlet.sidecar.overlay.BlobName;
import io.cloudlet.sidecar.overlay.OverlayReader;
import io.cloudlet.sidecar.overlay.VarintReader;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/**
 * Writes the file of a migration stream again, byte for byte, from an overlay that remembers its
 * layout and the flat images of its memory. For one use by one thread.
 */
public final class StreamReplay {
  /** How often a stream may have sent all of memory: bounds what a lying layout can write. */
  private static final int MOST_ROUNDS = 16;

  private final List<MappedImage> blocks;
  private final ReplayOutput out;
  private int block;
  private long page;

  private StreamReplay(List<MappedImage> blocks, ReplayOutput out) {
    this.blocks = blocks;
    this.out = out;
  }

  /** Whether an overlay was made from a stream whose bytes can be written again. */
  public static boolean isPossible(OverlayReader overlay) {
    return overlay.manifest().blob(BlobName.STREAM_LAYOUT).isPresent();
  }

  /**
   * Writes the stream; it gets its name when its digest is that of the one it was made from.
   *
   * @param memory the overlay's images of memory, flat, as long as its manifest says
   * @throws CloudletException when the overlay does not remember a layout or an image is missing
   */
  public static Digest write(OverlayReader overlay, Map<ImageId, MappedImage> memory, Path target)
      throws IOException {
    Blob blob = blob(overlay, BlobName.STREAM_LAYOUT);
    StreamLayout layout =
        StreamLayout.decode(overlay.read(blob), overlay.describe(), blob.offset());
    byte[] preamble = overlay.read(blob(overlay, BlobName.PREAMBLE));
    byte[] deviceState = overlay.read(blob(overlay, BlobName.DEVICE_STATE));
    try (AtomicFile file = AtomicFile.create(target, Durability.DURABLE)) {
      ReplayOutput out = new ReplayOutput(file.channel());
      out.put(preamble);
      new StreamReplay(blocks(overlay, layout, memory), out).run(layout);
      out.put(deviceState);
      Digest found = out.finish();
      if (!found.equals(layout.stream())) {
        throw new CorruptException(
            overlay.describe(),
            blob.offset(),
            "the stream comes out as " + found + ", it was " + layout.stream());
      }
      file.commit();
      return found;
    }
  }

  private static Blob blob(OverlayReader overlay, BlobName name) throws CloudletException {
    return overlay
        .manifest()
        .blob(name)
        .orElseThrow(() ->
            new CloudletException(
                overlay.describe()
                    + " has no "
                    + name
                    + "; write flat images of its memory instead"));
  }

  private static List<MappedImage> blocks(
      OverlayReader overlay, StreamLayout layout, Map<ImageId, MappedImage> memory)
      throws CloudletException {
    List<MappedImage> blocks = new ArrayList<>();
    for (int image : layout.images()) {
      layout.steps().require(image < overlay.manifest().images().size(), "names a missing image");
      ImageId id = overlay.manifest().images().get(image).id();
      MappedImage content = memory.get(id);
      if (content == null) {
        throw new CloudletException("the stream needs " + id + "; write that image first");
      }
      blocks.add(content);
    }
    return blocks;
  }

  private void run(StreamLayout layout) throws IOException {
    VarintReader steps = layout.steps();
    long memory = blocks.stream().mapToLong(MappedImage::length).sum();
    boolean plausible = layout.length() / MOST_ROUNDS <= memory + layout.literals().remaining();
    steps.require(plausible, "is of a stream of " + layout.length() + " bytes");
    long end = out.length() + layout.length();
    while (steps.remaining() > 0) {
      long step = steps.unsigned();
      long count = step / StreamStep.CODES;
      switch ((int) (step % StreamStep.CODES)) {
        case 0 -> literal(layout, count);
        case 1 -> records(steps, count, StreamStep.PAGE_RECORD, true);
        case 2 -> records(steps, count, StreamStep.FILL_RECORD, false);
        case 3 -> records(steps, count, 0, true);
        case 4 -> move(steps, count);
        default -> steps.require(false, "has an unknown step");
      }
      steps.require(out.length() <= end, "makes more than it says");
    }
    steps.require(out.length() == end, "makes less than it says");
    layout.literals().requireEnd();
  }

  private void literal(StreamLayout layout, long count) throws IOException {
    layout.literals().require(count <= layout.literals().remaining(), "has too few literals");
    out.put(layout.literals().raw((int) count));
  }

  private void move(VarintReader steps, long to) throws CorruptException {
    steps.require(to < blocks.size(), "moves to a missing block");
    block = (int) to;
    page += steps.signed();
    steps.require(page >= 0, "moves before the first page");
  }

  private void records(VarintReader steps, long count, long flags, boolean content)
      throws IOException {
    steps.require(block < blocks.size(), "needs a block of memory");
    MappedImage image = blocks.get(block);
    steps.require(
        count <= Page.count(image.length()) - page, "needs pages past the end of a block");
    for (long i = 0; i < count; i++, page++) {
      if (flags != 0) {
        out.put(page << Page.SHIFT | flags);
      }
      if (content) {
        out.put(image.segment(), image.offsetOf(page), Page.SIZE);
      } else {
        out.put((byte) 0);
      }
    }
  }
}
