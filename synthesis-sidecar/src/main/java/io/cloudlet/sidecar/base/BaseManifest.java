package io.cloudlet.sidecar.base;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonProperty;
import io.cloudlet.sidecar.image.ImageId;
import io.cloudlet.sidecar.image.ImageKind;
import io.cloudlet.sidecar.machine.Machine;
import java.time.Instant;
import java.time.format.DateTimeParseException;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * What a base VM is made of. The digest of a base VM is SHA-256 of its manifest's bytes, and the
 * manifest has the digests of everything else.
 *
 * @param formatVersion {@link #VERSION}
 * @param name what its maker called it
 * @param created when, as ISO 8601 in UTC
 * @param machine the hardware that its state belongs to
 * @param images disks and blocks of memory; their positions here are their ordinals elsewhere
 * @param preamble the first bytes of its migration stream
 * @param deviceState the migration stream behind the memory
 * @param kernel the kernel that QEMU loads, when the machine boots so
 * @param initrd its initial RAM disk, when it has one
 */
@JsonInclude(JsonInclude.Include.NON_NULL)
public record BaseManifest(
    @JsonProperty(required = true) int formatVersion,
    BaseName name,
    String created,
    Machine machine,
    List<BaseImage> images,
    Blob preamble,
    Blob deviceState,
    @Nullable Blob kernel,
    @Nullable Blob initrd) {
  /** The format version that this program writes and reads. */
  public static final int VERSION = 1;

  /** The most images of a base VM: an ordinal fits into eight bits, with one value to spare. */
  public static final int MAX_IMAGES = 254;

  /** The most bytes of all images together, 16 TiB: bounds what a lying manifest can cost. */
  public static final long MAX_BYTES = 16L << 40;

  /** Checks every field and names the one that is wrong. */
  public BaseManifest {
    require(formatVersion == VERSION, "formatVersion", String.valueOf(VERSION), formatVersion);
    Objects.requireNonNull(name, "name");
    checkInstant(created);
    Objects.requireNonNull(machine, "machine");
    images = List.copyOf(Objects.requireNonNull(images, "images"));
    checkImages(images);
    Objects.requireNonNull(preamble, "preamble");
    Objects.requireNonNull(deviceState, "deviceState");
    checkInMemory("preamble", preamble);
    checkInMemory("deviceState", deviceState);
    boolean direct = machine.directKernel() != null;
    require((kernel != null) == direct, "kernel", "there when machine.directKernel is", kernel);
    boolean hasInitrd = direct && Objects.requireNonNull(machine.directKernel()).initrd();
    require((initrd != null) == hasInitrd, "initrd", "there when the machine has one", initrd);
  }

  /** The image of that name. */
  public Optional<BaseImage> image(ImageId id) {
    return images.stream().filter(image -> image.id().equals(id)).findFirst();
  }

  /**
   * The position of an image in {@link #images}.
   *
   * @throws IllegalArgumentException when there is none of that name
   */
  public int ordinal(ImageId id) {
    for (int i = 0; i < images.size(); i++) {
      if (images.get(i).id().equals(id)) {
        return i;
      }
    }
    throw new IllegalArgumentException("base VM " + name + " has no image " + id);
  }

  /** Bytes of all images of a kind, holes included. */
  public long bytes(ImageKind kind) {
    return images.stream()
        .filter(image -> image.id().kind() == kind)
        .mapToLong(BaseImage::length)
        .sum();
  }

  /** Bytes of all images, holes included. */
  public long bytes() {
    return images.stream().mapToLong(BaseImage::length).sum();
  }

  Optional<Blob> blob(BlobKind kind) {
    return Optional.ofNullable(
        switch (kind) {
          case PREAMBLE -> preamble;
          case DEVICE_STATE -> deviceState;
          case KERNEL -> kernel;
          case INITRD -> initrd;
        });
  }

  private static void checkInstant(@Nullable String created) {
    try {
      Instant.parse(Objects.requireNonNull(created, "created"));
    } catch (DateTimeParseException e) {
      throw new IllegalArgumentException("created has to be an instant of ISO 8601: " + created, e);
    }
  }

  private static void checkInMemory(String field, Blob blob) {
    require(
        blob.length() <= Blob.MAX_IN_MEMORY, field + ".length", "64 MiB at most", blob.length());
  }

  private static void checkImages(List<BaseImage> images) {
    require(!images.isEmpty() && images.size() <= MAX_IMAGES, "images", "1 to 254", images.size());
    long bytes = 0;
    for (BaseImage image : images) {
      require(image.length() <= MAX_BYTES - bytes, "images", "16 TiB at most", image);
      bytes += image.length();
    }
    long names = images.stream().map(BaseImage::id).distinct().count();
    require(names == images.size(), "images", "of different names", images);
  }

  private static void require(boolean holds, String field, String rule, @Nullable Object found) {
    if (!holds) {
      throw new IllegalArgumentException(field + " has to be " + rule + ": " + found);
    }
  }
}
