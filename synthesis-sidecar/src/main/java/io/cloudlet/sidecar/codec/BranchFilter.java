package io.cloudlet.sidecar.codec;

import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.nio.ByteOrder;
import java.util.Arrays;

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

  /** The byte in front of an address is a call's or a jump's opcode. */
  private static final byte CALL = 1;

  /** It is the second byte of a conditional jump's opcode. */
  private static final byte CONDITION = 2;

  /** It tells that the operand lies beside the instruction. */
  private static final byte OPERAND = 4;

  private static final byte ANY = CALL | CONDITION | OPERAND;

  // Three tables say for each place what its bytes allow, so that there is one branch per byte, and
  // one that is hardly ever taken.
  private static final byte[] BY_LAST = byLast();
  private static final byte[] BY_SECOND_LAST = bySecondLast();
  private static final byte[] BY_HIGHEST = byHighest();

  private BranchFilter() {}

  private static byte[] byLast() {
    byte[] allowed = new byte[256];
    allowed[0xe8] = CALL; // call, jmp
    allowed[0xe9] = CALL;
    Arrays.fill(allowed, 0x80, 0x90, CONDITION);
    for (int register = 0; register < 8; register++) {
      allowed[register << 3 | 5] = OPERAND; // ModRM: mod 00, rm 101
    }
    return allowed;
  }

  private static byte[] bySecondLast() {
    byte[] allowed = new byte[256];
    Arrays.fill(allowed, CALL);
    allowed[0x0f] |= CONDITION;
    for (int opcode : new int[] {0x8b, 0x89, 0x8d, 0x3b, 0x39, 0xff}) { // mov, lea, cmp, call
      allowed[opcode] |= OPERAND;
    }
    return allowed;
  }

  private static byte[] byHighest() {
    byte[] allowed = new byte[256];
    allowed[0] = ANY;
    allowed[0xff] = ANY;
    return allowed;
  }

  /**
   * Changes the first {@code length} bytes.
   *
   * @param position of the first byte in the segment
   */
  static void apply(byte[] bytes, int length, int position) {
    for (int at = length - ADDRESS - 1; at >= 0; at--) {
      if (isAddress(at == 0 ? 0 : bytes[at - 1], bytes[at], bytes[at + ADDRESS])) {
        add(bytes, at + 1, position + at + 1 + ADDRESS);
      }
    }
  }

  /** Undoes {@link #apply}. */
  static void undo(byte[] bytes, int length, int position) {
    byte secondLast = 0;
    for (int at = 0; at < length - ADDRESS; at++) {
      byte last = bytes[at];
      if (isAddress(secondLast, last, bytes[at + ADDRESS])) {
        add(bytes, at + 1, -(position + at + 1 + ADDRESS));
      }
      secondLast = last;
    }
  }

  /** How many calls and jumps there seem to be. */
  static int calls(byte[] bytes, int length) {
    int calls = 0;
    for (int at = 0; at < length - ADDRESS; at++) {
      if (isAddress(0, bytes[at], bytes[at + ADDRESS])) {
        calls++;
        at += ADDRESS;
      }
    }
    return calls;
  }

  /**
   * Whether an address seems to lie between {@code last} and {@code highest}.
   *
   * @param secondLast the byte before {@code last}, 0 when there is none
   * @param highest the fourth byte behind {@code last}
   */
  private static boolean isAddress(int secondLast, int last, int highest) {
    int allowed = BY_SECOND_LAST[secondLast & 0xff] & BY_LAST[last & 0xff];
    return (allowed & BY_HIGHEST[highest & 0xff]) != 0;
  }

  private static void add(byte[] bytes, int at, int distance) {
    int sum = (int) INT.get(bytes, at) + distance;
    INT.set(bytes, at, sum << UNUSED_BITS >> UNUSED_BITS);
  }
}
