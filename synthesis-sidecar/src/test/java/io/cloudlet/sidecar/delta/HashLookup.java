package io.cloudlet.sidecar.delta;

import io.cloudlet.sidecar.image.MappedImage;
import io.cloudlet.sidecar.image.Page;
import java.lang.foreign.MemorySegment;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** The pages of small images on the heap. */
final class HashLookup implements BaseLookup {
  private final List<MappedImage> images;
  private final Map<Long, Long> places = new HashMap<>();

  HashLookup(List<MappedImage> images) {
    this.images = images;
    for (int image = 0; image < images.size(); image++) {
      MappedImage content = images.get(image);
      for (int page = 0; page < Page.count(content.length()); page++) {
        long hash = Page.hash(content.segment(), content.offsetOf(page));
        places.putIfAbsent(hash, BaseLookup.pack(image, page));
      }
    }
  }

  @Override
  public long find(MemorySegment data, long offset, long hash) {
    long found = places.getOrDefault(hash, NONE);
    if (found == NONE) {
      return NONE;
    }
    MappedImage image = images.get(BaseLookup.image(found));
    long at = image.offsetOf(BaseLookup.page(found));
    return Page.equal(data, offset, image.segment(), at) ? found : NONE;
  }
}
