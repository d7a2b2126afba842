package io.cloudlet.sidecar.delta;

import io.cloudlet.sidecar.image.Extent;
import io.cloudlet.sidecar.image.Folders;
import io.cloudlet.sidecar.image.ImageId;
import io.cloudlet.sidecar.image.MappedImage;
import io.cloudlet.sidecar.image.Page;
import io.cloudlet.sidecar.image.Partials;
import io.cloudlet.sidecar.image.SparseFile;
import io.cloudlet.sidecar.qemu.MigrationStreamReader;
import io.cloudlet.sidecar.qemu.MigrationStreamWriter;
import io.cloudlet.sidecar.qemu.RamBlock;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.lang.foreign.MemorySegment;
import java.nio.ByteBuffer;
import java.nio.channels.Channels;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;

/**
 * Runs a small made-up stream through a spool again and again, before a guest is paused: the
 * process has then compiled what the guest would have to wait for, and is twice as fast.
 */
public final class SpoolRehearsal {
  private static final int PAGES = 1024;
  private static final int ROUNDS = 48;
  private static final RamBlock BLOCK = new RamBlock("rehearsal", (long) PAGES * Page.SIZE);

  private SpoolRehearsal() {}

  /**
   * Rehearses for some tenths of a second.
   *
   * @param folder where there is room for a few megabytes
   * @param memory the base's images of memory, which are brought into the page cache and mapped
   */
  public static void run(Path folder, List<MappedImage> memory) throws IOException {
    for (MappedImage image : memory) {
      touch(image);
    }
    Path work = Folders.create(Partials.siblingOf(folder.resolve("rehearsal")));
    try (MappedImage base = MappedImage.open(base(work.resolve("base")))) {
      ByteBuffer stream = stream();
      for (int round = 0; round < ROUNDS; round++) {
        play(stream.duplicate(), base, work);
      }
    } finally {
      Partials.deleteTree(work);
    }
  }

  /** Reads all data, which brings it in and maps it. */
  private static void touch(MappedImage image) throws IOException {
    for (Extent data : image.dataExtents()) {
      for (long at = data.offset(); at < data.end(); at += Page.SIZE) {
        Page.equal(image.segment(), at, image.segment(), at);
      }
    }
  }

  private static void play(ByteBuffer stream, MappedImage base, Path work) throws IOException {
    try (RamSpool spool = new RamSpool(id -> known(id, base), work)) {
      MigrationStreamReader reader = new MigrationStreamReader("rehearsal", spool);
      reader.feed(stream);
      reader.finish();
    }
  }

  private static Optional<MappedImage> known(ImageId id, MappedImage base) {
    return id.equals(BLOCK.id()) ? Optional.of(base) : Optional.empty();
  }

  private static Path base(Path file) throws IOException {
    try (SparseFile out = SparseFile.create(file, BLOCK.length())) {
      for (int page = 0; page < PAGES; page += 2) {
        out.write((long) page * Page.SIZE, MemorySegment.ofArray(content(page)));
      }
    }
    return file;
  }

  /** Pages of all kinds: as in the base, changed, zero. */
  private static ByteBuffer stream() throws IOException {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    try (MigrationStreamWriter out = new MigrationStreamWriter(Channels.newChannel(bytes))) {
      out.preamble(ByteBuffer.wrap("QEVM\0\0\0\3".getBytes(StandardCharsets.ISO_8859_1)));
      out.ramBlocks(List.of(BLOCK));
      for (int page = 0; page < PAGES; page++) {
        if (page % 3 == 0) {
          out.fill(0, (long) page * Page.SIZE, (byte) 0);
        } else {
          out.page(0, (long) page * Page.SIZE, MemorySegment.ofArray(content(page)), 0);
        }
      }
      out.deviceState(tail());
      out.end();
    }
    return ByteBuffer.allocateDirect(bytes.size()).put(bytes.toByteArray()).flip();
  }

  /** No device, and an empty description of none: what a stream has to end with. */
  private static ByteBuffer tail() {
    return ByteBuffer.wrap("\0\6\0\0\0\2{}".getBytes(StandardCharsets.ISO_8859_1));
  }

  private static byte[] content(int page) {
    byte[] content = new byte[Page.SIZE];
    content[page % 64 * 64] = 1;
    return content;
  }
}
