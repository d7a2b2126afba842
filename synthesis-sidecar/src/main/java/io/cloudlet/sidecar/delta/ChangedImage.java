package io.cloudlet.sidecar.delta;

import io.cloudlet.sidecar.image.DiskChain;
import io.cloudlet.sidecar.image.ImageId;
import io.cloudlet.sidecar.image.Page;
import io.cloudlet.sidecar.image.PageRuns;
import io.cloudlet.sidecar.image.PageSource;
import io.cloudlet.sidecar.image.Qcow2Layer;

/**
 * One image of the new state: which of its pages may differ from the base, and their content.
 *
 * <p>Pages that turn out to be as in the base are dropped later, so more may be named than differ.
 *
 * @param id its name
 * @param length bytes of the image
 * @param changed pages below the end of the image
 * @param content holds all changed pages; stays open until the overlay is written, and its owner
 *     closes it
 */
public record ChangedImage(ImageId id, long length, PageRuns changed, PageSource content) {
  /** Checks that the pages lie in the image. */
  public ChangedImage {
    if (changed.end() > Page.count(length) || length > content.length()) {
      throw new IllegalArgumentException(id + " changes pages past its end: " + changed);
    }
  }

  /** A disk whose changes lie in layers over the base's disk. */
  public static ChangedImage of(ImageId id, DiskChain layers) {
    return new ChangedImage(id, layers.length(), layers.pages(), layers);
  }

  /** A disk whose changes lie in a qcow2 file over the base's disk. */
  public static ChangedImage of(ImageId id, Qcow2Layer layer) {
    return new ChangedImage(id, layer.length(), layer.pages(), layer);
  }
}
