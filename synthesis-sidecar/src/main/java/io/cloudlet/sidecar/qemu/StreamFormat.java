package io.cloudlet.sidecar.qemu;

import java.lang.foreign.ValueLayout;
import java.nio.ByteOrder;

/**
 * Numbers of QEMU's migration stream, version 3 (QEMU's migration/savevm.h and migration/ram.c).
 * Everything is big-endian.
 */
final class StreamFormat {
  static final ValueLayout.OfShort U16 =
      ValueLayout.JAVA_SHORT_UNALIGNED.withOrder(ByteOrder.BIG_ENDIAN);
  static final ValueLayout.OfInt U32 =
      ValueLayout.JAVA_INT_UNALIGNED.withOrder(ByteOrder.BIG_ENDIAN);
  static final ValueLayout.OfLong U64 =
      ValueLayout.JAVA_LONG_UNALIGNED.withOrder(ByteOrder.BIG_ENDIAN);

  /** "QEVM". */
  static final int MAGIC = 0x5145564d;

  static final int VERSION = 3;

  static final byte EOF = 0;
  static final byte SECTION_START = 1;
  static final byte SECTION_PART = 2;
  static final byte SECTION_END = 3;
  static final byte SECTION_FULL = 4;
  static final byte SUBSECTION = 5;
  static final byte VM_DESCRIPTION = 6;
  static final byte CONFIGURATION = 7;
  static final byte COMMAND = 8;
  static final byte FOOTER = 0x7e;

  /** The command that QEMU 10 sends before the last of guest memory, and QEMU 11 after it. */
  static final short SWITCHOVER_START = 11;

  static final String RAM_SECTION = "ram";
  static final int RAM_VERSION = 4;

  /** A RAM record is one u64: page address in the high bits, these flags in the low twelve. */
  static final long FLAGS = 0xfff;

  static final long FILL = 0x02;
  static final long MEM_SIZE = 0x04;
  static final long PAGE = 0x08;
  static final long END_OF_SECTION = 0x10;
  static final long CONTINUE = 0x20;
  static final long XBZRLE = 0x40;
  static final long HOOK = 0x80;
  static final long COMPRESSED = 0x100;
  static final long MULTIFD_FLUSH = 0x200;

  private StreamFormat() {}
}
