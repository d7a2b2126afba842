package io.cloudlet.sidecar.delta;

import io.cloudlet.sidecar.base.BaseVm;
import io.cloudlet.sidecar.image.ImageId;
import io.cloudlet.sidecar.image.MappedImage;
import java.io.IOException;
import java.util.Optional;

/** Where a spool finds the base's images. */
@FunctionalInterface
public interface BaseMemory {
  /** A base without memory: every page that is not zero counts as changed. */
  BaseMemory NONE = id -> Optional.empty();

  /** The memory of an installed base VM. */
  static BaseMemory of(BaseVm base) {
    return id -> base.manifest().image(id).map(image -> base.image(image.id()));
  }

  /** The base's image of a block, if it has one; stays open as long as the spool. */
  Optional<MappedImage> image(ImageId id) throws IOException;
}
