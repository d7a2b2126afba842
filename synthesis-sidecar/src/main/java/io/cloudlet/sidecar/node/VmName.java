package io.cloudlet.sidecar.node;

import com.fasterxml.jackson.annotation.JsonCreator;
import com.fasterxml.jackson.annotation.JsonValue;
import java.util.regex.Pattern;

/**
 * What a VM is called on this machine; also the name of its folder.
 *
 * @param text a DNS label: 1 to 63 lower-case letters, digits and inner hyphens
 */
public record VmName(@JsonValue String text) {
  private static final Pattern LABEL = Pattern.compile("[a-z0-9]([a-z0-9-]{0,61}[a-z0-9])?");

  /** Refuses everything that is no DNS label. */
  @JsonCreator
  public VmName {
    if (!LABEL.matcher(text).matches()) {
      throw new IllegalArgumentException(
          "a VM's name has 1 to 63 lower-case letters, digits and inner hyphens: '" + text + "'");
    }
  }

  @Override
  public String toString() {
    return text;
  }
}
