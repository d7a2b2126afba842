package io.cloudlet.sidecar.qemu;

import io.cloudlet.sidecar.image.ImageId;
import io.cloudlet.sidecar.image.ImageKind;
import io.cloudlet.sidecar.image.Page;

/**
 * One block of guest memory as QEMU names it.
 *
 * @param name QEMU's name, 1 to 255 printable ASCII characters: {@code pc.ram}, {@code
 *     /rom@etc/acpi/tables}
 * @param length bytes, a positive multiple of the page size
 */
public record RamBlock(String name, long length) {
  /** Checks name and length. */
  public RamBlock {
    ImageId id = new ImageId(ImageKind.MEMORY, name);
    if (length <= 0 || length % Page.SIZE != 0) {
      throw new IllegalArgumentException(
          id + " has to be a positive number of whole pages long: " + length);
    }
  }

  /** The block as an image. */
  public ImageId id() {
    return new ImageId(ImageKind.MEMORY, name);
  }
}
