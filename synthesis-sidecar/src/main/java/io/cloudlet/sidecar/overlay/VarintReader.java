package io.cloudlet.sidecar.overlay;

import io.cloudlet.sidecar.image.CorruptException;
import java.util.Arrays;

/** Reads what {@link VarintWriter} wrote; nothing that the bytes say is believed. */
public final class VarintReader {
  private final byte[] bytes;
  private final int end;
  private final String table;
  private final String source;
  private final long tableOffset;
  private int at;

  /**
   * Over a table.
   *
   * @param table its name for messages
   * @param source file or URL for messages
   * @param tableOffset where the table's stored bytes begin in the source
   */
  public VarintReader(byte[] bytes, String table, String source, long tableOffset) {
    this(bytes, 0, bytes.length, table, source, tableOffset);
  }

  private VarintReader(
      byte[] bytes, int start, int end, String table, String source, long tableOffset) {
    this.bytes = bytes;
    this.at = start;
    this.end = end;
    this.table = table;
    this.source = source;
    this.tableOffset = tableOffset;
  }

  /** A reader of the next {@code length} bytes, which this reader skips. */
  public VarintReader slice(int length) throws CorruptException {
    require(length <= end - at, "ends within a column of " + length + " bytes");
    VarintReader part = new VarintReader(bytes, at, at + length, table, source, tableOffset);
    at += length;
    return part;
  }

  /** Reads an unsigned number. */
  public long unsigned() throws CorruptException {
    long value = 0;
    for (int shift = 0; shift < 63; shift += 7) {
      require(at < end, "ends within a number");
      byte next = bytes[at++];
      value |= (long) (next & 0x7f) << shift;
      if (next >= 0) {
        return value;
      }
    }
    throw corrupt("has a number of more than 63 bits");
  }

  /** Reads a number of either sign. */
  public long signed() throws CorruptException {
    long value = unsigned();
    return (value >>> 1) ^ -(value & 1);
  }

  /**
   * Reads an unsigned number.
   *
   * @param max the largest that is possible
   * @param what its name for messages
   */
  public int unsigned(int max, String what) throws CorruptException {
    long value = unsigned();
    require(value <= max, "has " + value + " as " + what + ", at most " + max + " is possible");
    return (int) value;
  }

  /** Reads bytes. */
  public byte[] raw(int length) throws CorruptException {
    require(length <= end - at, "ends within " + length + " bytes");
    byte[] data = Arrays.copyOfRange(bytes, at, at + length);
    at += length;
    return data;
  }

  /** Bytes that are left. */
  public int remaining() {
    return end - at;
  }

  /** Refuses bytes that are left. */
  public void requireEnd() throws CorruptException {
    require(at == end, "goes on after its end");
  }

  /** Refuses the table when something does not hold. */
  public void require(boolean holds, String otherwise) throws CorruptException {
    if (!holds) {
      throw corrupt(otherwise);
    }
  }

  private CorruptException corrupt(String reason) {
    return new CorruptException(
        source, tableOffset, "the " + table + " (unpacked byte " + at + ") " + reason);
  }
}
