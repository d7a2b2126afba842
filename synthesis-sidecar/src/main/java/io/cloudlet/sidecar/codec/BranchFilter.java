package io.cloudlet.sidecar.codec;

import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.nio.ByteOrder;

/**
 * Makes the relative addresses in x86-64 code absolute: calls of one function from many places then
 * have the same bytes.
 *
 * <p>Code and data cannot be told apart here, so every place that looks like an address is changed,
 * from the last to the first. The inverse goes from the first to the last: at each place it finds
 * what the change left, with the bytes before as they were and those behind still changed, as the
 * change itself found them. It undoes any change therefore, whatever the bytes mean.
 */
final class BranchFilter {
  private static final VarHandle INT =
      MethodHandles.byteArrayViewVarHandle(int[].class, ByteOrder.LITTLE_ENDIAN);

  /** Bytes of the address behind its opcode. */
  private static final int ADDRESS = Integer.BYTES;

  /** Addresses are signed numbers of 25 bits; the highest byte of theirs is 00 or FF. */
  private static final int UNUSED_BITS = Integer.SIZE - 25;

  /** What a byte in front of an address may be. */
  private static final byte CALL = 1;

  private static final byte CONDITION = 2;
  private static final byte OPERAND = 3;
  private static final byte[] KINDS = kinds();

  /** Instructions whose operand behind a byte of kind {@link #OPERAND} is beside them. */
  private static final boolean[] TAKES_OPERAND = takesOperand();

  private static final byte TWO_BYTE_OPCODE = 0x0f;

  private BranchFilter() {}

  private static byte[] kinds() {
    byte[] kinds = new byte[256];
    kinds[0xe8] = CALL; // call, jmp
    kinds[0xe9] = CALL;
    for (int condition = 0; condition < 16; condition++) {
      kinds[0x80 | condition] = CONDITION;
    }
    for (int register = 0; register < 8; register++) {
      kinds[register << 3 | 5] = OPERAND; // ModRM: mod 00, rm 101
    }
    return kinds;
  }

  private static boolean[] takesOperand() {
    boolean[] takes = new boolean[256];
    for (int opcode : new int[] {0x8b, 0x89, 0x8d, 0x3b, 0x39, 0xff}) { // mov, lea, cmp, call
      takes[opcode] = true;
    }
    return takes;
  }

  /**
   * Changes the first {@code length} bytes.
   *
   * @param position of the first byte in the segment
   */
  static void apply(byte[] bytes, int length, int position) {
    for (int at = length - ADDRESS - 1; at >= 0; at--) {
      if (KINDS[bytes[at] & 0xff] != 0 && isAddress(bytes, at)) {
        add(bytes, at + 1, position + at + 1 + ADDRESS);
      }
    }
  }

  /** Undoes {@link #apply}. */
  static void undo(byte[] bytes, int length, int position) {
    for (int at = 0; at < length - ADDRESS; at++) {
      if (KINDS[bytes[at] & 0xff] != 0 && isAddress(bytes, at)) {
        add(bytes, at + 1, -(position + at + 1 + ADDRESS));
      }
    }
  }

  /** How many calls and jumps there seem to be. */
  static int calls(byte[] bytes, int length) {
    int calls = 0;
    for (int at = 0; at < length - ADDRESS; at++) {
      if (KINDS[bytes[at] & 0xff] == CALL && isNear(bytes[at + ADDRESS])) {
        calls++;
        at += ADDRESS;
      }
    }
    return calls;
  }

  /** Whether an address seems to follow the byte {@code at}, which is of some kind. */
  private static boolean isAddress(byte[] bytes, int at) {
    if (!isNear(bytes[at + ADDRESS])) {
      return false;
    }
    byte kind = KINDS[bytes[at] & 0xff];
    return kind == CALL
        || (at > 0
            && (kind == CONDITION
                ? bytes[at - 1] == TWO_BYTE_OPCODE
                : TAKES_OPERAND[bytes[at - 1] & 0xff]));
  }

  private static boolean isNear(byte highest) {
    return highest == 0 || highest == -1;
  }

  private static void add(byte[] bytes, int at, int distance) {
    int sum = (int) INT.get(bytes, at) + distance;
    INT.set(bytes, at, sum << UNUSED_BITS >> UNUSED_BITS);
  }
}
