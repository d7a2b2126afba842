package io.cloudlet.sidecar.node;

import com.fasterxml.jackson.annotation.JsonCreator;
import com.fasterxml.jackson.annotation.JsonValue;
import java.util.Locale;

/** What a VM is to be, as its record says; whether its process lives is looked up. */
public enum VmState {
  /** A command is making it; without that command it is a leftover. */
  STARTING,
  /** It has its own process. */
  RUNNING,
  /** It was stopped, or its process ended; the disk's changes are kept. */
  STOPPED;

  /** Reads {@link #toString}. */
  @JsonCreator
  public static VmState parse(String text) {
    return valueOf(text.toUpperCase(Locale.ROOT));
  }

  @JsonValue
  @Override
  public String toString() {
    return name().toLowerCase(Locale.ROOT);
  }
}
