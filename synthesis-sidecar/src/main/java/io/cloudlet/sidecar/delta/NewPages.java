package io.cloudlet.sidecar.delta;

import io.cloudlet.sidecar.image.PageSource;
import java.lang.foreign.MemorySegment;
import java.util.Arrays;
import java.util.List;

/**
 * The pages with new content, each once, numbered in the order in which they were found. Not
 * thread-safe while pages are added, thread-safe after.
 *
 * <p>Holds where the content lies, 8 bytes per page, never the content.
 */
public final class NewPages {
  private final List<ChangedImage> images;
  private long[] places = new long[1024];
  private int size;

  NewPages(List<ChangedImage> images) {
    this.images = List.copyOf(images);
  }

  int add(int image, int page) {
    if (size == places.length) {
      places = Arrays.copyOf(places, size + (size >> 1));
    }
    places[size] = BaseLookup.pack(image, page);
    return size++;
  }

  /** How many there are. */
  public int size() {
    return size;
  }

  /** Ordinal of the image in which a new page was found first. */
  public int image(int number) {
    return BaseLookup.image(places[number]);
  }

  /** The page in that image. */
  public int page(int number) {
    return BaseLookup.page(places[number]);
  }

  /** The image in which a new page was found first. */
  public ChangedImage changedImage(int number) {
    return images.get(image(number));
  }

  /** What holds a new page's content. */
  public MemorySegment segment(int number) {
    return content(number).segment();
  }

  /** Where in {@link #segment} its 4096 bytes begin. */
  public long offset(int number) {
    return content(number).offsetOf(page(number));
  }

  private PageSource content(int number) {
    return images.get(image(number)).content();
  }
}
