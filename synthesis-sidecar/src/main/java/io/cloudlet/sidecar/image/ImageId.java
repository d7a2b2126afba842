package io.cloudlet.sidecar.image;

import com.fasterxml.jackson.annotation.JsonCreator;
import com.fasterxml.jackson.annotation.JsonValue;
import java.util.Locale;
import java.util.Objects;

/**
 * Names one image of a VM: a disk, or a block of guest memory under the name that QEMU gives it.
 *
 * @param kind disk or memory
 * @param name 1 to 255 characters: for memory QEMU's block name, such as {@code pc.ram} or {@code
 *     /rom@etc/acpi/tables}. Never a path: files are named by their owner, not after this
 */
public record ImageId(ImageKind kind, String name) implements Comparable<ImageId> {
  /** The main block of guest memory, as QEMU's PC machines name it. */
  public static final ImageId MAIN_MEMORY = new ImageId(ImageKind.MEMORY, "pc.ram");

  /** The first disk. */
  public static final ImageId FIRST_DISK = new ImageId(ImageKind.DISK, "disk0");

  /** Checks the name's length and characters (printable ASCII). */
  public ImageId {
    Objects.requireNonNull(kind);
    if (name.isEmpty() || name.length() > 255) {
      throw new IllegalArgumentException("an image's name has 1 to 255 characters: " + name);
    }
    if (!name.chars().allMatch(c -> c > ' ' && c < 127)) {
      throw new IllegalArgumentException("an image's name is printable ASCII: " + name);
    }
  }

  /** Reads what {@link #toString} wrote. */
  @JsonCreator
  public static ImageId parse(String text) {
    int slash = text.indexOf('/');
    if (slash < 0) {
      throw new IllegalArgumentException("an image is KIND/NAME: " + text);
    }
    return switch (text.substring(0, slash)) {
      case "disk" -> new ImageId(ImageKind.DISK, text.substring(slash + 1));
      case "memory" -> new ImageId(ImageKind.MEMORY, text.substring(slash + 1));
      default ->
          throw new IllegalArgumentException("an image is disk/NAME or memory/NAME: " + text);
    };
  }

  @Override
  public int compareTo(ImageId other) {
    int byKind = kind.compareTo(other.kind);
    return byKind != 0 ? byKind : name.compareTo(other.name);
  }

  /** {@code disk/disk0}, {@code memory/pc.ram}. */
  @JsonValue
  @Override
  public String toString() {
    return kind.name().toLowerCase(Locale.ROOT) + "/" + name;
  }
}
