package io.cloudlet.sidecar.qemu;

import static java.lang.foreign.ValueLayout.JAVA_BYTE;

import io.cloudlet.sidecar.image.Page;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.lang.foreign.MemorySegment;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.LongStream;

/** A VM's state in memory: what a capture keeps and a synthesis plays. */
final class SavedState implements MigrationStreamHandler, StreamSource {
  private final ByteArrayOutputStream deviceState = new ByteArrayOutputStream();
  private final List<Map<Long, byte[]>> pages = new ArrayList<>();
  private byte[] preamble = {};
  private List<RamBlock> blocks = List.of();
  private boolean ended;

  @Override
  public void preamble(ByteBuffer bytes) {
    preamble = new byte[bytes.remaining()];
    bytes.get(preamble);
  }

  @Override
  public void ramBlocks(List<RamBlock> list) {
    blocks = list;
    list.forEach(block -> pages.add(new HashMap<>()));
  }

  @Override
  public void page(int block, long offset, MemorySegment data, long at) {
    pages.get(block).put(offset, data.asSlice(at, Page.SIZE).toArray(JAVA_BYTE));
  }

  @Override
  public void fill(int block, long offset, byte value) {
    if (value != 0) {
      throw new IllegalStateException("QEMU fills pages with zeros only");
    }
    pages.get(block).remove(offset);
  }

  @Override
  public void deviceState(ByteBuffer chunk) {
    byte[] bytes = new byte[chunk.remaining()];
    chunk.get(bytes);
    deviceState.writeBytes(bytes);
  }

  @Override
  public void end() {
    ended = true;
  }

  boolean ended() {
    return ended;
  }

  List<RamBlock> blocks() {
    return blocks;
  }

  byte[] deviceState() {
    return deviceState.toByteArray();
  }

  @Override
  public void writeTo(MigrationStreamHandler out) throws IOException {
    writeTo(out, -1);
  }

  /** Without the pages of one block. */
  void writeTo(MigrationStreamHandler out, int skipped) throws IOException {
    out.preamble(ByteBuffer.wrap(preamble));
    out.ramBlocks(blocks);
    for (int block = 0; block < blocks.size(); block++) {
      if (block != skipped) {
        for (Map.Entry<Long, byte[]> page : pages.get(block).entrySet()) {
          out.page(block, page.getKey(), MemorySegment.ofArray(page.getValue()), 0);
        }
      }
    }
    out.deviceState(ByteBuffer.wrap(deviceState()));
  }

  int mainBlock() {
    for (int block = 0; block < blocks.size(); block++) {
      if (blocks.get(block).name().equals("pc.ram")) {
        return block;
      }
    }
    throw new IllegalStateException("no main memory");
  }

  /** How many pages of main memory are not what they are in another state. */
  long differentPages(SavedState other) {
    byte[] zeros = new byte[Page.SIZE];
    Map<Long, byte[]> mine = pages.get(mainBlock());
    Map<Long, byte[]> theirs = other.pages.get(other.mainBlock());
    return LongStream.range(0, Page.count(blocks.get(mainBlock()).length()))
        .map(page -> page << Page.SHIFT)
        .filter(at -> !Arrays.equals(mine.getOrDefault(at, zeros), theirs.getOrDefault(at, zeros)))
        .count();
  }

  /** Main memory as a sparse file. */
  void writeMainMemory(Path file) throws IOException {
    try (FileChannel out =
        FileChannel.open(file, StandardOpenOption.CREATE_NEW, StandardOpenOption.WRITE)) {
      for (Map.Entry<Long, byte[]> page : pages.get(mainBlock()).entrySet()) {
        out.write(ByteBuffer.wrap(page.getValue()), page.getKey());
      }
      out.write(ByteBuffer.allocate(1), blocks.get(mainBlock()).length() - 1);
    }
  }
}
