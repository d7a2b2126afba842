package io.cloudlet.sidecar.cli;

import io.cloudlet.sidecar.node.DecimalSize;
import java.time.Duration;
import java.util.Locale;

/** Sizes, rates and times in words for a person. */
public final class Amount {
  private Amount() {}

  /** A size in decimal units, with three digits: {@code 118 MB}, {@code 1.07 GB}. */
  public static String bytes(long bytes) {
    return DecimalSize.of(bytes);
  }

  /** A time: {@code 85 ms}, {@code 4.2 s}, {@code 3 min 20 s}. */
  public static String time(Duration time) {
    long millis = time.toMillis();
    if (millis < 1000) {
      return millis + " ms";
    }
    if (millis < 100_000) {
      return String.format(Locale.ROOT, "%.1f s", millis / 1000.0);
    }
    return time.toMinutes() + " min " + time.toSecondsPart() + " s";
  }

  /** A rate: {@code 210 MB/s}. */
  static String rate(long bytes, Duration time) {
    double seconds = Math.max(time.toNanos(), 1) / 1e9;
    return bytes((long) (bytes / seconds)) + "/s";
  }

  /** Enough of a digest to tell it from others. */
  static String digest(String digest) {
    int colon = digest.indexOf(':');
    return digest.substring(colon + 1, Math.min(digest.length(), colon + 13));
  }
}
