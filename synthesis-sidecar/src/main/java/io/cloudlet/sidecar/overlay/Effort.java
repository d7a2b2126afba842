package io.cloudlet.sidecar.overlay;

import com.fasterxml.jackson.annotation.JsonCreator;
import com.fasterxml.jackson.annotation.JsonValue;
import java.util.Locale;

/** How much time a capture may take for a smaller overlay. */
public enum Effort {
  /** As fast as the pages can be read. */
  FAST,
  /** What most want. */
  BALANCED,
  /** As small as possible, for overlays that are made once and fetched often. */
  BEST;

  /** Reads {@code fast}, {@code balanced} or {@code best}. */
  @JsonCreator
  public static Effort parse(String text) {
    for (Effort effort : values()) {
      if (effort.toString().equals(text)) {
        return effort;
      }
    }
    throw new IllegalArgumentException("an effort is fast, balanced or best: " + text);
  }

  /** The name as the manifest and the command line spell it. */
  @JsonValue
  @Override
  public String toString() {
    return name().toLowerCase(Locale.ROOT);
  }
}
