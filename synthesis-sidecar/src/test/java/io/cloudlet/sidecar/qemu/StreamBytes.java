package io.cloudlet.sidecar.qemu;

import io.cloudlet.sidecar.image.Page;
import java.io.ByteArrayOutputStream;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.Random;
import org.jspecify.annotations.Nullable;

/** Puts streams together byte by byte, sound ones and others, as QEMU 7.2 lays them out. */
final class StreamBytes {
  static final int RAM = 2;
  static final String DESCRIPTION = "{\"page_size\": 4096, \"devices\": []}";

  private final ByteArrayOutputStream out = new ByteArrayOutputStream();

  /** A sound stream with two blocks, pages, fills, a page that comes twice, and two PARTs. */
  static StreamBytes sound() {
    return new StreamBytes()
        .head()
        .ramStart()
        .section(2)
        .page(0x0, "pc.ram", 1)
        .page(0x1000, null, 2)
        .fill(0x2000, null, 0)
        .endOfSection()
        .section(2)
        .page(0x1000, null, 3)
        .fill(0x0, "pc.bios", 0xff)
        .page(0x1000, null, 4)
        .endOfSection()
        .section(3)
        .endOfSection()
        .deviceState();
  }

  StreamBytes head() {
    return text("QEVM").u32(3).u8(7).u32(10).text("pc-q35-7.2");
  }

  StreamBytes ramStart() {
    return sectionStart(1, "ram", 4)
        .u64(0x14000 | 4)
        .name("pc.ram")
        .u64(0x10000)
        .name("pc.bios")
        .u64(0x4000)
        .endOfSection();
  }

  StreamBytes sectionStart(int type, String name, int version) {
    return u8(type).u32(RAM).name(name).u32(0).u32(version);
  }

  StreamBytes section(int type) {
    return u8(type).u32(RAM);
  }

  StreamBytes endOfSection() {
    return u64(0x10).u8(0x7e).u32(RAM);
  }

  /** A page of random bytes from a seed; null continues the block before. */
  StreamBytes page(long offset, @Nullable String block, int seed) {
    byte[] content = new byte[Page.SIZE];
    new Random(seed).nextBytes(content);
    record(offset | 8, block);
    out.writeBytes(content);
    return this;
  }

  StreamBytes fill(long offset, @Nullable String block, int value) {
    return record(offset | 2, block).u8(value);
  }

  StreamBytes record(long word, @Nullable String block) {
    return block == null ? u64(word | 0x20) : u64(word).name(block);
  }

  /** A FULL section that looks like a description inside, end of file, the real description. */
  StreamBytes deviceState() {
    sectionStart(4, "timer", 2).u32(0x0006_0000).u32(0x0001_7b00).u8(0x7e).u32(RAM);
    return u8(0).u8(6).u32(DESCRIPTION.length()).text(DESCRIPTION);
  }

  StreamBytes u8(int value) {
    out.write(value);
    return this;
  }

  StreamBytes u32(int value) {
    out.writeBytes(ByteBuffer.allocate(4).putInt(value).array());
    return this;
  }

  StreamBytes u64(long value) {
    out.writeBytes(ByteBuffer.allocate(8).putLong(value).array());
    return this;
  }

  StreamBytes name(String name) {
    return u8(name.length()).text(name);
  }

  StreamBytes text(String text) {
    out.writeBytes(text.getBytes(StandardCharsets.ISO_8859_1));
    return this;
  }

  int size() {
    return out.size();
  }

  byte[] bytes() {
    return out.toByteArray();
  }
}
