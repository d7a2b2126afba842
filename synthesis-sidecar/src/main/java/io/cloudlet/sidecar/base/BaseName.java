package io.cloudlet.sidecar.base;

import com.fasterxml.jackson.annotation.JsonCreator;
import com.fasterxml.jackson.annotation.JsonValue;
import java.util.regex.Pattern;

/**
 * What people call a base VM. Never part of a path.
 *
 * @param text 1 to 63 letters, digits, dots, hyphens and underscores; the first is a letter or
 *     digit
 */
public record BaseName(String text) {
  private static final Pattern NAME = Pattern.compile("[A-Za-z0-9][A-Za-z0-9._-]{0,62}");

  /** Refuses everything else. */
  public BaseName {
    if (!NAME.matcher(text).matches()) {
      throw new IllegalArgumentException(
          "a base VM's name has 1 to 63 letters, digits, '.', '-' and '_', a letter or digit"
              + " first: '"
              + text
              + "'");
    }
  }

  /** Reads a name. */
  @JsonCreator
  public static BaseName of(String text) {
    return new BaseName(text);
  }

  @JsonValue
  @Override
  public String toString() {
    return text;
  }
}
