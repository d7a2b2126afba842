package io.cloudlet.api.words;

import java.util.List;
import java.util.Locale;

/** Memory for people, in the binary units in which one asks for it. */
public final class MemorySize {
  private static final List<String> UNITS = List.of("B", "KiB", "MiB", "GiB", "TiB", "PiB", "EiB");

  private MemorySize() {}

  /** Such as 512 MiB or 1.5 GiB, with one decimal at most. */
  public static String of(long bytes) {
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
