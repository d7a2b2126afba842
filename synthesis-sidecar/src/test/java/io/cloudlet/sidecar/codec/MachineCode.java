package io.cloudlet.sidecar.codec;

import io.cloudlet.sidecar.image.Page;
import java.util.Random;

/** Bytes that look like x86-64 code: calls of few functions, jumps, operands, and noise. */
final class MachineCode {
  private static final int[] OPERAND_OPCODES = {0x8b, 0x89, 0x8d, 0x3b, 0x39, 0xff};

  private final Random random;
  private final int[] targets;

  /** Functions and variables are drawn anew for each seed. */
  MachineCode(long seed) {
    random = new Random(seed);
    targets = random.ints(40, 0, 1 << 22).toArray();
  }

  byte[] pages(int pages) {
    byte[] code = new byte[pages * Page.SIZE];
    int at = 0;
    while (at < code.length) {
      at = instruction(code, at);
    }
    return code;
  }

  private int instruction(byte[] code, int at) {
    return switch (random.nextInt(6)) {
      case 0 -> address(code, put(code, at, 0xe8 + random.nextInt(2)));
      case 1 -> address(code, put(code, at, 0x0f, 0x80 + random.nextInt(16)));
      case 2 -> {
        int opcode = OPERAND_OPCODES[random.nextInt(OPERAND_OPCODES.length)];
        yield address(code, put(code, at, opcode, random.nextInt(8) << 3 | 5));
      }
      case 3 -> put(code, at, 0x48, 0x89, 0xe8); // an opcode's byte that is none
      case 4 -> put(code, at, 0xff, 0x00, 0xff, 0xe9);
      default -> put(code, at, random.nextInt(256), random.nextInt(256));
    };
  }

  private int address(byte[] code, int at) {
    int distance = targets[random.nextInt(targets.length)] - at - Integer.BYTES;
    return put(code, at, distance, distance >> 8, distance >> 16, distance >> 24);
  }

  private static int put(byte[] code, int at, int... bytes) {
    for (int i = 0; i < bytes.length && at + i < code.length; i++) {
      code[at + i] = (byte) bytes[i];
    }
    return at + bytes.length;
  }
}
