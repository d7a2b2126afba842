package io.cloudlet.sidecar.overlay;

/** Where the content of a changed page comes from. */
public sealed interface PageRef {
  /** All zero. */
  record Zero() implements PageRef {}

  /**
   * A page of the base, of any image and at any address.
   *
   * @param image ordinal in {@link OverlayManifest#baseImages}
   * @param page number of the page in that image
   */
  record Base(int image, int page) implements PageRef {}

  /**
   * New content.
   *
   * @param slot number of the page among all new pages of the overlay, in the order of the file
   */
  record Slot(int slot) implements PageRef {}
}
