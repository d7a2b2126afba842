package io.cloudlet.sidecar.store;

import java.net.http.HttpHeaders;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * A Content-Range header of the form {@code bytes FIRST-LAST/TOTAL}.
 *
 * @param first offset of the first byte of the body
 * @param last offset of its last byte, inclusive
 * @param total bytes of the whole file
 */
record ContentRange(long first, long last, long total) {
  // 18 digits hold every length that fits a long with room to add.
  private static final Pattern FORM = Pattern.compile("bytes (\\d{1,18})-(\\d{1,18})/(\\d{1,18})");

  /** What the header says; empty when it is missing or says it in another form. */
  static Optional<ContentRange> of(HttpHeaders headers) {
    return headers.firstValue("Content-Range").flatMap(ContentRange::parse);
  }

  static Optional<ContentRange> parse(String value) {
    Matcher matcher = FORM.matcher(value.trim());
    if (!matcher.matches()) {
      return Optional.empty();
    }
    ContentRange range =
        new ContentRange(
            Long.parseLong(matcher.group(1)),
            Long.parseLong(matcher.group(2)),
            Long.parseLong(matcher.group(3)));
    boolean sound = range.first <= range.last && range.last < range.total;
    return sound ? Optional.of(range) : Optional.empty();
  }
}
