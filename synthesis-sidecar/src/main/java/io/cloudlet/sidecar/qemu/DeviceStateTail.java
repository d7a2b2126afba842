package io.cloudlet.sidecar.qemu;

import static java.lang.foreign.ValueLayout.JAVA_BYTE;

import java.lang.foreign.MemorySegment;

/**
 * Finds out whether device state is whole. Its sections have no lengths, but QEMU ends it with an
 * end-of-file byte and a description of the VM: {@code 00 06}, u32 length, a JSON object. The last
 * such place decides, and the JSON itself has no zero byte: a look-alike inside a device cannot
 * hide the real one.
 */
final class DeviceStateTail {
  // The last seven bytes, the newest lowest: 00 06 LL LL LL LL '{'.
  private static final long WINDOW = (1L << 56) - 1;
  private static final long MARK = 0x00_06_00_00_00_00_7bL;
  private static final long MARK_BITS = 0xff_ff_00_00_00_00_ffL;

  private long window = WINDOW;
  private long position;
  private long end = -1;
  private byte last;

  void update(MemorySegment data, long from, long to) {
    for (long at = from; at < to; at++) {
      last = data.get(JAVA_BYTE, at);
      window = (window << 8 | (last & 0xff)) & WINDOW;
      if ((window & MARK_BITS) == MARK) {
        end = position + (window >>> 8 & 0xffffffffL);
      }
      position++;
    }
  }

  boolean whole() {
    return end == position && last == '}';
  }
}
