package io.cloudlet.sidecar.delta;

import io.cloudlet.sidecar.base.BaseAnchors;
import io.cloudlet.sidecar.base.BaseImage;
import io.cloudlet.sidecar.base.BaseVm;
import io.cloudlet.sidecar.base.PageIndex;
import io.cloudlet.sidecar.codec.BasePages;
import io.cloudlet.sidecar.image.Digest;
import io.cloudlet.sidecar.image.ImageId;
import io.cloudlet.sidecar.image.Page;
import io.cloudlet.sidecar.image.PageSource;
import io.cloudlet.sidecar.overlay.BaseImageRef;
import java.io.IOException;
import java.lang.foreign.MemorySegment;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The base that an overlay is made against. Owns nothing.
 *
 * @param digest of its manifest; null when it is known by its images alone
 * @param images what the overlay's manifest says of them
 * @param sources their content, in the same order
 * @param lookup finds their pages by content
 * @param anchors finds their pages by a part of their content
 */
public record BaseView(
    @Nullable Digest digest,
    List<BaseImageRef> images,
    List<? extends PageSource> sources,
    BaseLookup lookup,
    BaseAnchors anchors) {
  /** Copies the lists. */
  public BaseView {
    images = List.copyOf(images);
    sources = List.copyOf(sources);
    if (images.size() != sources.size()) {
      throw new IllegalArgumentException("each image of the base needs its content");
    }
  }

  /** An installed base VM, which stays open as long as this is used. */
  public static BaseView of(BaseVm base) throws IOException {
    List<BaseImageRef> images = new ArrayList<>();
    List<PageSource> sources = new ArrayList<>();
    for (BaseImage image : base.manifest().images()) {
      sources.add(base.image(images.size()));
      images.add(new BaseImageRef(image.id(), image.length(), image.digest()));
    }
    PageIndex index = base.index();
    return new BaseView(base.digest(), images, sources, lookup(index), index.anchors());
  }

  /** Looks pages up in an index whose ordinals are those of the view. */
  static BaseLookup lookup(PageIndex index) {
    return (data, offset, hash) -> {
      long found = index.find(data, offset, hash);
      return found == PageIndex.NONE
          ? BaseLookup.NONE
          : BaseLookup.pack(PageIndex.ordinal(found), (int) PageIndex.page(found));
    };
  }

  /** The content of an image, or null when the base has no such image. */
  @Nullable PageSource source(ImageId id) {
    for (int i = 0; i < images.size(); i++) {
      if (images.get(i).id().equals(id)) {
        return sources.get(i);
      }
    }
    return null;
  }

  /** For codecs. */
  BasePages pages() {
    return new BasePages(sources);
  }

  /** Whether a page of an image of the base is zero or past its end. */
  static boolean isZero(@Nullable PageSource source, long page) {
    long offset = offset(source, page);
    return source == null || offset < 0 || Page.isZero(source.segment(), offset);
  }

  /** Whether a page of an image of the base holds these bytes. */
  static boolean holds(@Nullable PageSource source, long page, MemorySegment data, long at) {
    long offset = offset(source, page);
    return source != null && offset >= 0 && Page.equal(data, at, source.segment(), offset);
  }

  private static long offset(@Nullable PageSource source, long page) {
    if (source == null || page >= Page.count(source.length())) {
      return PageSource.ABSENT;
    }
    return source.offsetOf(page);
  }
}
