package io.cloudlet.sidecar.node;

import java.util.Locale;

/** Sizes in words for a person. */
public final class DecimalSize {
  private static final String[] UNITS = {"B", "kB", "MB", "GB", "TB"};

  private DecimalSize() {}

  /** A size in decimal units, with three digits: {@code 118 MB}, {@code 1.07 GB}. */
  public static String of(long bytes) {
    double value = bytes;
    int unit = 0;
    while (value >= 999.5 && unit < UNITS.length - 1) {
      value /= 1000;
      unit++;
    }
    String format =
        unit == 0 || value >= 99.95 ? "%.0f %s" : value >= 9.995 ? "%.1f %s" : "%.2f %s";
    return String.format(Locale.ROOT, format, value, UNITS[unit]);
  }
}
