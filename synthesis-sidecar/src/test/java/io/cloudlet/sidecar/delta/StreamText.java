package io.cloudlet.sidecar.delta;

import io.cloudlet.sidecar.image.MappedImage;
import io.cloudlet.sidecar.image.Page;
import java.io.ByteArrayOutputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.util.Random;

/** A migration stream of one memory image and a small ROM, as QEMU would save it. */
final class StreamText {
  private final ByteArrayOutputStream bytes = new ByteArrayOutputStream();
  private final DataOutputStream out = new DataOutputStream(bytes);
  private final Random random;

  StreamText(long seed) {
    random = new Random(seed);
  }

  /**
   * The whole stream.
   *
   * @param live whether the guest ran meanwhile, so that some pages come twice
   */
  byte[] of(MappedImage memory, boolean live) throws IOException {
    out.writeBytes("QEVM");
    out.writeInt(3);
    out.writeByte(7);
    name32("pc-q35-7.2");
    out.writeByte(1);
    out.writeInt(2);
    name("ram");
    out.writeInt(0);
    out.writeInt(4);
    out.writeLong((memory.length() + 2 * Page.SIZE) | 4);
    name("pc.ram");
    out.writeLong(memory.length());
    name("pc.rom");
    out.writeLong(2 * Page.SIZE);
    endOfSection();
    pages(memory, live);
    section(3);
    endOfSection();
    out.writeByte(4);
    out.writeInt(9);
    name("timer");
    out.writeLong(random.nextLong());
    out.writeByte(0x7e);
    out.writeInt(9);
    out.writeByte(0);
    out.writeByte(6);
    name32("{\"page_size\": 4096, \"devices\": []}");
    return bytes.toByteArray();
  }

  private void pages(MappedImage memory, boolean live) throws IOException {
    section(2);
    boolean first = true;
    for (long page = 0; page < Page.count(memory.length()); page++) {
      if (random.nextInt(50) == 0) {
        endOfSection();
        section(2);
      }
      if (live && random.nextInt(10) == 0) {
        byte[] old = new byte[Page.SIZE];
        random.nextBytes(old);
        record(page, 8, first);
        out.write(old);
        first = false;
      }
      page(memory, page, first);
      first = false;
    }
    out.writeLong(8);
    name("pc.rom");
    out.write(new byte[Page.SIZE]);
    out.writeLong(0x1000 | 0x22);
    out.writeByte(0xff);
    endOfSection();
  }

  private void page(MappedImage memory, long page, boolean named) throws IOException {
    MemorySegment data = memory.segment().asSlice(page << Page.SHIFT, Page.SIZE);
    if (Page.isZero(data, 0) && random.nextInt(20) != 0) {
      record(page, 2, named);
      out.writeByte(0);
    } else {
      record(page, 8, named);
      out.write(data.toArray(ValueLayout.JAVA_BYTE));
    }
  }

  private void record(long page, int kind, boolean named) throws IOException {
    out.writeLong(page << Page.SHIFT | kind | (named ? 0 : 0x20));
    if (named) {
      name("pc.ram");
    }
  }

  private void section(int type) throws IOException {
    out.writeByte(type);
    out.writeInt(2);
  }

  private void endOfSection() throws IOException {
    out.writeLong(0x10);
    out.writeByte(0x7e);
    out.writeInt(2);
  }

  private void name(String name) throws IOException {
    out.writeByte(name.length());
    out.writeBytes(name);
  }

  private void name32(String name) throws IOException {
    out.writeInt(name.length());
    out.writeBytes(name);
  }
}
