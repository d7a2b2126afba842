package io.cloudlet.sidecar.agent.http;

import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * A single byte range as a Range header asks for it, before the length of the file is known.
 *
 * @param first offset of the first byte; -1 for the last {@code last} bytes of the file
 * @param last offset of the last byte, inclusive, or how many bytes; MAX_VALUE for all there are
 */
record ByteRange(long first, long last) {
  private static final Pattern FORM = Pattern.compile("(?i:bytes)=[ \\t]*(\\d*)-(\\d*)[ \\t]*");

  /** Digits of the largest number that surely is one; what has more lies behind every file. */
  private static final int DIGITS = 18;

  /**
   * Bytes of a file.
   *
   * @param offset of the first one
   * @param length how many, at least 1
   */
  record Slice(long offset, long length) {}

  /**
   * What a header says; empty when it is not one range of bytes, and is therefore to be ignored.
   */
  static Optional<ByteRange> parse(String header) {
    Matcher form = FORM.matcher(header);
    if (!form.matches() || (form.group(1).isEmpty() && form.group(2).isEmpty())) {
      return Optional.empty();
    }
    if (form.group(1).isEmpty()) {
      return Optional.of(new ByteRange(-1, number(form.group(2))));
    }
    long first = number(form.group(1));
    long last = form.group(2).isEmpty() ? Long.MAX_VALUE : number(form.group(2));
    return first <= last ? Optional.of(new ByteRange(first, last)) : Optional.empty();
  }

  /** The part of a file of some length that it means; empty when that is nothing. */
  Optional<Slice> of(long length) {
    long from = first < 0 ? Math.max(0, length - last) : first;
    long end = first < 0 || last >= length ? length : last + 1;
    return from < end ? Optional.of(new Slice(from, end - from)) : Optional.empty();
  }

  private static long number(String digits) {
    String significant = digits.replaceFirst("^0+(?=.)", "");
    return significant.length() > DIGITS ? Long.MAX_VALUE : Long.parseLong(significant);
  }
}
