package io.cloudlet.sidecar.delta;

import io.cloudlet.sidecar.image.CloudletException;
import io.cloudlet.sidecar.image.Digest;
import io.cloudlet.sidecar.overlay.Blob;
import io.cloudlet.sidecar.overlay.BlobName;
import io.cloudlet.sidecar.overlay.OverlayImage;
import io.cloudlet.sidecar.overlay.OverlayIndex;
import io.cloudlet.sidecar.overlay.OverlayManifest;
import io.cloudlet.sidecar.overlay.OverlayReader;
import io.cloudlet.sidecar.overlay.OverlayWriter;
import java.io.IOException;
import java.nio.channels.ClosedByInterruptException;
import java.nio.file.Path;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/**
 * Makes an overlay: deduplicate, group, compress, write, read back, verify, flush, and only then
 * give the file its name. Interrupting the calling thread cancels it. Reusable and thread-safe.
 */
public final class OverlayEncoder {
  private static final int FORMAT = 1;

  private final EncodeOptions options;
  private final Progress progress;

  /** An encoder that reports to {@code progress}. */
  public OverlayEncoder(EncodeOptions options, Progress progress) {
    this.options = options;
    this.progress = progress;
  }

  /**
   * Writes an overlay.
   *
   * @param target the file, in a folder that exists; replaced when there is one
   * @throws CancelledException when the thread is interrupted; its interrupt status stays set
   * @throws CloudletException when what was written does not read back, or the disk is full
   */
  public OverlaySummary encode(OverlayContent content, Path target) throws IOException {
    try {
      return write(content, target);
    } catch (ClosedByInterruptException e) {
      throw new CancelledException("writing " + target);
    }
  }

  private OverlaySummary write(OverlayContent content, Path target) throws IOException {
    Deduplicated pages =
        new Deduplicator(content.images(), content.base(), options.threads(), progress).run();
    List<SegmentPlan> plans =
        new Grouper(content.base(), options.effort(), options.threads()).plan(pages.fresh());
    OverlayIndex index = new SlotOrder(plans, pages.fresh().size()).apply(pages.runs());
    try (OverlayWriter writer = OverlayWriter.create(target)) {
      compress(content, plans, writer);
      OverlayManifest manifest = manifest(content, pages, blobs(content.blobs(), writer));
      Digest root = writer.finish(manifest, index);
      verify(content, plans, index, root, writer);
      CancelledException.check("writing " + target);
      writer.commit();
      return new OverlaySummary(root, writer.length(), manifest);
    }
  }

  private void compress(OverlayContent content, List<SegmentPlan> plans, OverlayWriter writer)
      throws IOException {
    try (SegmentCompressor compressor =
        new SegmentCompressor(
            writer, plans, options.effort(), content.base().pages(), options.threads(), progress)) {
      compressor.run(plans);
    }
  }

  private static List<Blob> blobs(Map<BlobName, byte[]> contents, OverlayWriter writer)
      throws IOException {
    List<Blob> blobs = new ArrayList<>();
    for (Map.Entry<BlobName, byte[]> entry : contents.entrySet()) {
      blobs.add(writer.append(entry.getKey(), entry.getValue()));
    }
    return blobs;
  }

  private OverlayManifest manifest(OverlayContent content, Deduplicated pages, List<Blob> blobs) {
    List<OverlayImage> images = new ArrayList<>();
    for (int i = 0; i < content.images().size(); i++) {
      ChangedImage image = content.images().get(i);
      images.add(new OverlayImage(image.id(), image.length(), pages.counts().get(i)));
    }
    return new OverlayManifest(
        FORMAT,
        options.created().truncatedTo(ChronoUnit.SECONDS).toString(),
        content.base().digest(),
        content.machine(),
        images,
        content.base().images(),
        blobs,
        options.effort());
  }

  private void verify(
      OverlayContent content,
      List<SegmentPlan> plans,
      OverlayIndex index,
      Digest root,
      OverlayWriter writer)
      throws IOException {
    try (OverlayReader reader = writer.reopen();
        Verifier verifier = new Verifier(reader, plans, content.base().pages(), progress)) {
      reader.require(root);
      verifier.run(index, options.threads());
    }
  }
}
