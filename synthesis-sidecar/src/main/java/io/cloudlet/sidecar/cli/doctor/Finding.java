package io.cloudlet.sidecar.cli.doctor;

import com.fasterxml.jackson.annotation.JsonValue;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/**
 * What one check has found.
 *
 * @param name what was looked at
 * @param verdict whether it will do
 * @param detail what there is
 * @param remedy the command that mends it; null when there is nothing to mend
 */
public record Finding(String name, Verdict verdict, String detail, @Nullable String remedy) {
  /** Whether it will do. */
  public enum Verdict {
    /** As it should be. */
    OK,
    /** Works without, but slower or with less. */
    WEAK,
    /** Nothing works without. */
    MISSING;

    @JsonValue
    @Override
    public String toString() {
      return name().toLowerCase(Locale.ROOT);
    }
  }

  static Finding ok(String name, String detail) {
    return new Finding(name, Verdict.OK, detail, null);
  }

  static Finding weak(String name, String detail, String remedy) {
    return new Finding(name, Verdict.WEAK, detail, remedy);
  }

  static Finding missing(String name, String detail, String remedy) {
    return new Finding(name, Verdict.MISSING, detail, remedy);
  }
}
