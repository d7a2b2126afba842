package io.cloudlet.sidecar.machine;

import com.fasterxml.jackson.annotation.JsonCreator;
import com.fasterxml.jackson.annotation.JsonValue;

/**
 * A TCP port of the guest that the host forwards.
 *
 * @param host port on the host's loopback address, 1 to 65535, or 0: any that is free
 * @param guest port in the guest, 1 to 65535
 */
public record Port(int host, int guest) {
  private static final int MAX = 65535;

  /** Checks the ranges. */
  public Port {
    if (host < 0 || host > MAX) {
      throw new IllegalArgumentException("a host port is 0 to 65535: " + host);
    }
    if (guest < 1 || guest > MAX) {
      throw new IllegalArgumentException("a guest port is 1 to 65535: " + guest);
    }
  }

  /** Reads {@code HOST:GUEST}, or {@code GUEST} alone for any free port of the host. */
  @JsonCreator
  public static Port parse(String text) {
    int colon = text.indexOf(':');
    try {
      int host = colon < 0 ? 0 : Integer.parseInt(text.substring(0, colon));
      return new Port(host, Integer.parseInt(text.substring(colon + 1)));
    } catch (NumberFormatException e) {
      throw new IllegalArgumentException("a port is HOST:GUEST or GUEST: " + text, e);
    }
  }

  /** The same guest port behind another port of the host. */
  public Port onHost(int other) {
    return new Port(other, guest);
  }

  /** {@code HOST:GUEST}, as {@link #parse} and JSON have it. */
  @JsonValue
  @Override
  public String toString() {
    return host + ":" + guest;
  }
}
