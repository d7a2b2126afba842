package io.cloudlet.sidecar.codec;

import io.cloudlet.sidecar.image.Page;
import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.nio.charset.StandardCharsets;
import java.util.Random;

/** Pages of code, of doubles, of noise and of text. */
final class FilterSamples {
  private FilterSamples() {}

  /** So many pages of each, in that order. */
  static MemorySegment pages(int each, Arena arena) {
    MemorySegment pages = arena.allocate(4L * each * Page.SIZE, Page.SIZE);
    Random random = new Random(each);
    int bytes = each * Page.SIZE;
    put(pages, 0, new MachineCode(each).pages(each));
    for (int at = bytes; at < 2 * bytes; at += Double.BYTES) {
      pages.set(ValueLayout.JAVA_DOUBLE, at, random.nextGaussian());
    }
    byte[] noise = new byte[bytes];
    random.nextBytes(noise);
    put(pages, 2 * bytes, noise);
    put(pages, 3 * bytes, text(bytes));
    return pages;
  }

  private static byte[] text(int bytes) {
    StringBuilder text = new StringBuilder(bytes + 20);
    while (text.length() < bytes) {
      text.append("line ").append(text.length()).append('\n');
    }
    return text.substring(0, bytes).getBytes(StandardCharsets.US_ASCII);
  }

  private static void put(MemorySegment pages, int at, byte[] bytes) {
    MemorySegment.copy(bytes, 0, pages, ValueLayout.JAVA_BYTE, at, bytes.length);
  }
}
