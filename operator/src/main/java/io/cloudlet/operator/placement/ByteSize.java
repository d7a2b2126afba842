package io.cloudlet.operator.placement;

import java.util.List;
import java.util.Locale;

/** Numbers of bytes for people, in the units in which memory is asked for. */
final class ByteSize {
  private static final List<String> UNITS = List.of("B", "KiB", "MiB", "GiB", "TiB", "PiB", "EiB");

  private ByteSize() {}

  /** Such as 512 MiB or 1.5 GiB, with one decimal at most. */
  static String text(long bytes) {
    double value = bytes;
    int unit = 0;
    while (value >= 1024 && unit < UNITS.size() - 1) {
      value /= 1024;
      unit++;
    }
    String number = String.format(Locale.ROOT, "%.1f", value);
    String digits = number.endsWith(".0") ? number.substring(0, number.length() - 2) : number;
    return digits + " " + UNITS.get(unit);
  }
}
