package io.cloudlet.sidecar.qemu;

import static java.lang.foreign.ValueLayout.JAVA_BYTE;

import io.cloudlet.sidecar.image.Page;
import java.io.ByteArrayOutputStream;
import java.lang.foreign.MemorySegment;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/** Keeps everything that a stream hands over. */
final class RecordedStream implements MigrationStreamHandler {
  /** Blocks by index, pages by offset, content as bytes. */
  private final Map<Integer, Map<Long, byte[]>> pages = new TreeMap<>();

  final List<String> events = new ArrayList<>();
  final ByteArrayOutputStream deviceState = new ByteArrayOutputStream();
  byte[] preamble = {};
  List<RamBlock> blocks = List.of();
  boolean ended;

  @Override
  public void preamble(ByteBuffer bytes) {
    preamble = bytes(bytes);
    events.add("preamble " + HexFormat.of().formatHex(preamble));
  }

  @Override
  public void ramBlocks(List<RamBlock> list) {
    blocks = list;
    events.add("blocks " + list);
  }

  @Override
  public void page(int block, long offset, MemorySegment data, long at) {
    byte[] page = data.asSlice(at, Page.SIZE).toArray(JAVA_BYTE);
    events.add("page " + block + " " + offset + " " + Arrays.hashCode(page));
    pages.computeIfAbsent(block, b -> new TreeMap<>()).put(offset, page);
  }

  @Override
  public void fill(int block, long offset, byte value) {
    byte[] page = new byte[Page.SIZE];
    Arrays.fill(page, value);
    events.add("fill " + block + " " + offset + " " + value);
    pages.computeIfAbsent(block, b -> new TreeMap<>()).put(offset, page);
  }

  @Override
  public void deviceState(ByteBuffer chunk) {
    deviceState.writeBytes(bytes(chunk));
  }

  @Override
  public void end() {
    events.add("device state " + HexFormat.of().formatHex(deviceState.toByteArray()));
    ended = true;
  }

  Map<Long, byte[]> pagesOf(int block) {
    return pages.getOrDefault(block, Map.of());
  }

  private static byte[] bytes(ByteBuffer buffer) {
    byte[] bytes = new byte[buffer.remaining()];
    buffer.get(bytes);
    return bytes;
  }
}
