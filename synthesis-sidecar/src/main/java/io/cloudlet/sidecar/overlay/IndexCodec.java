package io.cloudlet.sidecar.overlay;

import io.cloudlet.sidecar.image.CorruptException;
import io.cloudlet.sidecar.image.Page;
import java.util.ArrayList;
import java.util.List;

/**
 * The index' unpacked form: a head with the number of runs of each image, then one column per field
 * of a run, as like things beside each other compress better.
 */
final class IndexCodec {
  private IndexCodec() {}

  static byte[] encode(OverlayIndex index, int baseImages) {
    IndexColumns columns = new IndexColumns(baseImages);
    VarintWriter head = new VarintWriter();
    head.unsigned(index.images().size());
    for (ImageRuns runs : index.images()) {
      head.unsigned(runs.size());
      columns.append(runs);
    }
    for (VarintWriter column : columns.all()) {
      head.unsigned(column.size());
    }
    for (VarintWriter column : columns.all()) {
      head.raw(column.toBytes());
    }
    return head.toBytes();
  }

  /** Reads an index and checks that all that it refers to exists. */
  static OverlayIndex decode(VarintReader in, OverlayManifest manifest, int slots)
      throws CorruptException {
    List<OverlayImage> images = manifest.images();
    int imageCount = in.unsigned(OverlayLimits.IMAGES, "number of images");
    in.require(
        imageCount == images.size(),
        "has " + imageCount + " images, the manifest " + images.size());
    int[] sizes = new int[imageCount];
    long budget = in.remaining() / 2;
    for (int image = 0; image < imageCount; image++) {
      sizes[image] = in.unsigned((int) Math.min(budget, OverlayLimits.PAGES), "number of runs");
      budget -= sizes[image];
    }
    IndexColumnsReader columns = IndexColumnsReader.open(in, manifest.baseImages(), slots);
    List<ImageRuns> runs = new ArrayList<>(imageCount);
    for (int image = 0; image < imageCount; image++) {
      runs.add(columns.read(sizes[image], Page.count(images.get(image).length())));
    }
    columns.requireEnd();
    in.requireEnd();
    return new OverlayIndex(runs);
  }
}
