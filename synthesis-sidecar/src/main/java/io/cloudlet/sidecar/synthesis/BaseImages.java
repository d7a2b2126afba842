package io.cloudlet.sidecar.synthesis;

import io.cloudlet.sidecar.base.BaseImage;
import io.cloudlet.sidecar.base.BaseVm;
import io.cloudlet.sidecar.codec.BasePages;
import io.cloudlet.sidecar.image.CloudletException;
import io.cloudlet.sidecar.image.CorruptException;
import io.cloudlet.sidecar.image.Digest;
import io.cloudlet.sidecar.image.ImageDigest;
import io.cloudlet.sidecar.image.ImageId;
import io.cloudlet.sidecar.image.MappedImage;
import io.cloudlet.sidecar.overlay.BaseImageRef;
import io.cloudlet.sidecar.overlay.OverlayManifest;
import io.cloudlet.sidecar.overlay.OverlayReader;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** The base's images that an overlay refers to, in the order of its manifest. Thread-safe. */
public final class BaseImages implements AutoCloseable {
  /** Where the images of a base lie. */
  public interface Locator {
    /**
     * The raw file of an image.
     *
     * @throws IOException when the base has no such image
     */
    Path locate(ImageId id) throws IOException;
  }

  private final List<BaseImageRef> refs;
  private final List<MappedImage> images;

  private BaseImages(List<BaseImageRef> refs, List<MappedImage> images) {
    this.refs = refs;
    this.images = images;
  }

  /**
   * Maps all images; the caller closes them.
   *
   * @throws CorruptException when a file is not as long as the overlay's base
   */
  public static BaseImages open(OverlayManifest manifest, Locator locator) throws IOException {
    List<MappedImage> images = new ArrayList<>();
    try {
      for (BaseImageRef ref : manifest.baseImages()) {
        images.add(MappedImage.open(locator.locate(ref.id()), ref.length()));
      }
      return new BaseImages(manifest.baseImages(), List.copyOf(images));
    } catch (IOException | RuntimeException | Error e) {
      images.forEach(MappedImage::close);
      throw e;
    }
  }

  /**
   * Maps the images of a base VM; the caller closes them.
   *
   * @throws CloudletException when the overlay is of another base
   */
  public static BaseImages of(BaseVm base, OverlayReader overlay) throws IOException {
    OverlayManifest manifest = overlay.manifest();
    if (!base.digest().equals(manifest.base())) {
      throw new CloudletException(
          overlay.describe()
              + " is an overlay of base "
              + manifest.base()
              + ", not of "
              + base.digest()
              + "; import that base");
    }
    for (BaseImageRef ref : manifest.baseImages()) {
      boolean same =
          base.manifest().image(ref.id()).filter(image -> matches(image, ref)).isPresent();
      if (!same) {
        throw new CloudletException(
            overlay.describe() + " refers to " + ref + ", which its base has not; capture it anew");
      }
    }
    return open(manifest, base::path);
  }

  private static boolean matches(BaseImage image, BaseImageRef ref) {
    return image.length() == ref.length() && image.digest().equals(ref.digest());
  }

  /**
   * Maps files that nobody vouches for: reads every byte and compares digests. The caller closes
   * them.
   *
   * @throws OtherBaseException when an image is not the one that the overlay was made with
   */
  public static BaseImages verified(OverlayReader overlay, Locator locator) throws IOException {
    return verified(overlay, locator, locator);
  }

  /**
   * The same.
   *
   * @param given what a person gave, where that had to be unpacked; for messages
   */
  public static BaseImages verified(OverlayReader overlay, Locator locator, Locator given)
      throws IOException {
    for (BaseImageRef ref : overlay.manifest().baseImages()) {
      Path file = locator.locate(ref.id());
      try (MappedImage image = MappedImage.open(file)) {
        if (image.length() != ref.length()) {
          String lengths = ref.length() + " bytes, not " + image.length();
          throw new OtherBaseException(
              overlay.describe(), ref.id(), given.locate(ref.id()), lengths);
        }
        Digest found = ImageDigest.of(image).image();
        if (!found.equals(ref.digest())) {
          String digests = "the digest " + ref.digest() + ", not " + found;
          throw new OtherBaseException(
              overlay.describe(), ref.id(), given.locate(ref.id()), digests);
        }
      }
    }
    return open(overlay.manifest(), locator);
  }

  /** The image of a name, if the overlay refers to it. */
  Optional<MappedImage> find(ImageId id) {
    for (int i = 0; i < refs.size(); i++) {
      if (refs.get(i).id().equals(id)) {
        return Optional.of(images.get(i));
      }
    }
    return Optional.empty();
  }

  List<MappedImage> images() {
    return images;
  }

  BasePages pages() {
    return new BasePages(images);
  }

  @Override
  public void close() {
    images.forEach(MappedImage::close);
  }
}
