package io.cloudlet.sidecar.codec;

import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.nio.ByteOrder;

/**
 * Brings the first bytes of all 8-byte numbers together, then their second bytes, and so on: of an
 * array of doubles, signs and exponents are alike while most bytes of the mantissas are noise.
 */
final class ColumnFilter {
  /** Bytes of a number, and so the number of columns. */
  static final int COLUMNS = Long.BYTES;

  private static final VarHandle LONG =
      MethodHandles.byteArrayViewVarHandle(long[].class, ByteOrder.LITTLE_ENDIAN);

  private ColumnFilter() {}

  /** Moves the first {@code length} bytes of {@code from}, a multiple of 8, to {@code to}. */
  static void apply(byte[] from, int length, byte[] to) {
    int rows = length / COLUMNS;
    for (int row = 0; row < rows; row++) {
      long number = (long) LONG.get(from, row * COLUMNS);
      for (int column = 0; column < COLUMNS; column++) {
        to[column * rows + row] = (byte) (number >>> (column * Byte.SIZE));
      }
    }
  }

  /** Undoes {@link #apply}. */
  static void undo(byte[] from, int length, byte[] to) {
    int rows = length / COLUMNS;
    for (int row = 0; row < rows; row++) {
      long number = 0;
      for (int column = 0; column < COLUMNS; column++) {
        number |= (from[column * rows + row] & 0xffL) << (column * Byte.SIZE);
      }
      LONG.set(to, row * COLUMNS, number);
    }
  }
}
