package io.cloudlet.sidecar.qemu;

import static io.cloudlet.sidecar.qemu.StreamFormat.U64;
import static java.lang.foreign.ValueLayout.JAVA_BYTE;

import io.cloudlet.sidecar.image.CorruptException;
import java.lang.foreign.MemorySegment;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** The list of memory blocks at the head of a stream, checked while it grows. */
final class RamBlockTable {
  /** Far more than any machine has; bounds what a hostile stream makes us keep. */
  private static final int MAX_BLOCKS = 1024;

  private static final long MAX_TOTAL = 1L << 46;

  private final StreamErrors errors;
  private final List<RamBlock> blocks = new ArrayList<>();
  private final Map<String, Integer> indexes = new HashMap<>();
  private boolean begun;
  // Bytes of memory that the list has announced and not yet named.
  private long missing;

  RamBlockTable(StreamErrors errors) {
    this.errors = errors;
  }

  void begin(long total, long offset) throws CorruptException {
    errors.require(!begun, offset, "the list of memory blocks comes a second time");
    errors.require(
        total > 0 && total <= MAX_TOTAL, offset, "guest memory of " + total + " bytes in all");
    begun = true;
    missing = total;
  }

  /** Takes name and u64 length; returns whether the list is complete. */
  boolean add(MemorySegment entry, long offset) throws CorruptException {
    errors.require(
        blocks.size() < MAX_BLOCKS, offset, "there are more than " + MAX_BLOCKS + " memory blocks");
    long nameLength = entry.byteSize() - Long.BYTES;
    long length = entry.get(U64, nameLength);
    RamBlock block = block(name(entry.asSlice(0, nameLength)), length, offset);
    errors.require(
        indexes.putIfAbsent(block.name(), blocks.size()) == null,
        offset,
        "the memory block " + block.name() + " comes a second time");
    errors.require(
        length <= missing,
        offset,
        "memory block %s of %d bytes passes the announced total by %d"
            .formatted(block.name(), length, length - missing));
    blocks.add(block);
    missing -= length;
    return missing == 0;
  }

  boolean complete() {
    return begun && missing == 0;
  }

  List<RamBlock> list() {
    return List.copyOf(blocks);
  }

  int find(MemorySegment name, long offset) throws CorruptException {
    String text = name(name);
    Integer index = indexes.get(text);
    if (index == null) {
      throw errors.corrupt(offset, "a page belongs to the unknown memory block " + printable(text));
    }
    return index;
  }

  void requireInside(int block, long pageOffset, long offset) throws CorruptException {
    RamBlock owner = blocks.get(block);
    if (pageOffset < 0 || pageOffset >= owner.length()) {
      throw errors.corrupt(
          offset,
          "page at 0x%x lies outside of memory block %s (0x%x bytes)"
              .formatted(pageOffset, owner.name(), owner.length()));
    }
  }

  private RamBlock block(String name, long length, long offset) throws CorruptException {
    try {
      return new RamBlock(name, length);
    } catch (IllegalArgumentException e) {
      throw errors.corrupt(offset, printable(String.valueOf(e.getMessage())));
    }
  }

  static String name(MemorySegment bytes) {
    return new String(bytes.toArray(JAVA_BYTE), StandardCharsets.ISO_8859_1);
  }

  /** Names come from outside: control characters must not reach a terminal. */
  static String printable(String text) {
    return text.replaceAll("[^ -~]", "?");
  }
}
