package io.cloudlet.sidecar.cli;

import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * A size as an option's value.
 *
 * @param bytes how many
 */
public record Size(long bytes) {
  private static final Pattern TEXT = Pattern.compile("(\\d{1,12})\\s*([KMGT]?)(?:i?B)?");

  /** Reads a number with K, M, G or T, each 1024 of the one before. */
  static Size parse(String text) {
    Matcher matcher = TEXT.matcher(text.strip());
    if (!matcher.matches()) {
      throw new IllegalArgumentException("a size is a number with K, M, G or T: " + text);
    }
    int power = matcher.group(2).isEmpty() ? 0 : "KMGT".indexOf(matcher.group(2)) + 1;
    return new Size(Math.multiplyExact(Long.parseLong(matcher.group(1)), 1L << (10 * power)));
  }
}
