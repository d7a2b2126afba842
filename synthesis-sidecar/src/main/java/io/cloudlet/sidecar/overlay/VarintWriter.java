package io.cloudlet.sidecar.overlay;

import java.util.Arrays;

/**
 * Appends unsigned integers of 1 to 9 bytes: seven bits per byte, least significant first, the top
 * bit set on all bytes but the last.
 */
public final class VarintWriter {
  private byte[] bytes = new byte[1024];
  private int size;

  /** Appends a number of at least 0. */
  public void unsigned(long value) {
    if (value < 0) {
      throw new IllegalArgumentException("negative: " + value);
    }
    ensure(9);
    long rest = value;
    while (rest >= 0x80) {
      bytes[size++] = (byte) (rest | 0x80);
      rest >>>= 7;
    }
    bytes[size++] = (byte) rest;
  }

  /** Appends a number of either sign, zigzag: small values are short. */
  public void signed(long value) {
    unsigned((value << 1) ^ (value >> 63));
  }

  /** Appends bytes as they are. */
  public void raw(byte[] data) {
    ensure(data.length);
    System.arraycopy(data, 0, bytes, size, data.length);
    size += data.length;
  }

  /** Bytes so far. */
  public int size() {
    return size;
  }

  /** A copy of all bytes. */
  public byte[] toBytes() {
    return Arrays.copyOf(bytes, size);
  }

  private void ensure(int more) {
    if (bytes.length - size < more) {
      bytes = Arrays.copyOf(bytes, Math.max(size + more, size + (size >> 1)));
    }
  }
}
