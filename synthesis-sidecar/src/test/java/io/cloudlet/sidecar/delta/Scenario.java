package io.cloudlet.sidecar.delta;

import io.cloudlet.sidecar.base.PageIndex;
import io.cloudlet.sidecar.image.Digest;
import io.cloudlet.sidecar.image.ImageId;
import io.cloudlet.sidecar.image.MappedImage;
import io.cloudlet.sidecar.image.Page;
import io.cloudlet.sidecar.overlay.BaseImageRef;
import io.cloudlet.sidecar.overlay.BlobName;
import io.cloudlet.sidecar.overlay.Effort;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.Instant;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Random;

/** A base of a disk and a memory, and a state that differs from it at random in every way. */
final class Scenario implements AutoCloseable {
  static final EncodeOptions OPTIONS =
      new EncodeOptions(Effort.FAST, 2, Instant.parse("2026-01-02T03:04:05Z"));
  private static final Digest ANY = Digest.sha256(new byte[0]);

  final MappedImage baseDisk;
  final MappedImage baseMemory;
  final MappedImage disk;
  final MappedImage memory;
  private final PageIndex index;
  private final Random random;

  Scenario(Path folder, long seed, int pages) throws IOException {
    random = new Random(seed);
    Files.createDirectories(folder);
    byte[] diskBytes = content(pages * Page.SIZE);
    byte[] memoryBytes = content(pages * Page.SIZE / 2);
    baseDisk = map(folder.resolve("base.disk"), diskBytes);
    baseMemory = map(folder.resolve("base.memory"), memoryBytes);
    // The disk grew, and not by whole pages.
    byte[] newDisk = Arrays.copyOf(diskBytes, diskBytes.length + 5 * Page.SIZE + 100);
    byte[] newMemory = memoryBytes.clone();
    change(newDisk, diskBytes, newDisk);
    change(newMemory, diskBytes, newDisk);
    disk = map(folder.resolve("new.disk"), newDisk);
    memory = map(folder.resolve("new.memory"), newMemory);
    index = PageIndex.of(folder, List.of(baseDisk, baseMemory));
  }

  OverlayContent content() throws IOException {
    List<MappedImage> images = List.of(baseDisk, baseMemory);
    BaseView base =
        new BaseView(
            ANY,
            List.of(
                new BaseImageRef(ImageId.FIRST_DISK, baseDisk.length(), ANY),
                new BaseImageRef(ImageId.MAIN_MEMORY, baseMemory.length(), ANY)),
            images,
            BaseView.lookup(index),
            index.anchors());
    return new OverlayContent(
        base,
        null,
        List.of(
            FlatComparison.compare(ImageId.FIRST_DISK, baseDisk, disk),
            FlatComparison.compare(ImageId.MAIN_MEMORY, baseMemory, memory)),
        Map.of(BlobName.DEVICE_STATE, "devices".getBytes(StandardCharsets.UTF_8)));
  }

  /** Random, compressible and zero pages. */
  private byte[] content(int length) {
    byte[] bytes = new byte[length];
    for (int page = 0; page < length / Page.SIZE; page++) {
      fresh(bytes, page);
    }
    return bytes;
  }

  private void fresh(byte[] bytes, int page) {
    byte[] noise = new byte[Page.SIZE];
    switch (random.nextInt(3)) {
      case 0 -> random.nextBytes(noise);
      case 1 -> Arrays.fill(noise, Page.SIZE / 2, Page.SIZE, (byte) random.nextInt());
      default -> {}
    }
    System.arraycopy(noise, 0, bytes, page * Page.SIZE, Page.SIZE);
  }

  private void change(byte[] bytes, byte[] baseDiskBytes, byte[] newDisk) {
    int pages = bytes.length / Page.SIZE;
    for (int page = 0; page < pages; page++) {
      switch (random.nextInt(10)) {
        case 0, 1 -> fresh(bytes, page);
        case 2 -> copy(baseDiskBytes, bytes, page);
        case 3 -> copy(newDisk, bytes, page);
        case 4 -> bytes[page * Page.SIZE + random.nextInt(Page.SIZE)]++;
        default -> {}
      }
    }
  }

  private void copy(byte[] from, byte[] to, int page) {
    int source = random.nextInt(from.length / Page.SIZE);
    System.arraycopy(from, source * Page.SIZE, to, page * Page.SIZE, Page.SIZE);
  }

  /** A file whose zero pages are holes. */
  private static MappedImage map(Path file, byte[] bytes) throws IOException {
    try (FileChannel channel =
        FileChannel.open(file, StandardOpenOption.CREATE_NEW, StandardOpenOption.WRITE)) {
      byte[] zero = new byte[Page.SIZE];
      for (int at = 0; at < bytes.length; at += Page.SIZE) {
        int length = Math.min(Page.SIZE, bytes.length - at);
        if (!Arrays.equals(bytes, at, at + length, zero, 0, length)
            || at + length == bytes.length) {
          channel.write(ByteBuffer.wrap(bytes, at, length), at);
        }
      }
    }
    return MappedImage.open(file);
  }

  @Override
  public void close() {
    index.close();
    List.of(baseDisk, baseMemory, disk, memory).forEach(MappedImage::close);
  }
}
