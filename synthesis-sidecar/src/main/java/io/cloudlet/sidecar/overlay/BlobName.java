package io.cloudlet.sidecar.overlay;

import com.fasterxml.jackson.annotation.JsonValue;
import org.jspecify.annotations.Nullable;

/** The blobs that an overlay may hold, at most one of each. */
public enum BlobName {
  /** The bytes of the migration stream before the guest's memory. */
  PREAMBLE("preamble"),
  /** The bytes of the migration stream after the guest's memory. */
  DEVICE_STATE("device-state"),
  /** How the records of a migration stream file follow each other, to write the same file again. */
  STREAM_LAYOUT("stream-layout");

  private final String text;

  BlobName(String text) {
    this.text = text;
  }

  static BlobName parse(@Nullable String text) {
    for (BlobName name : values()) {
      if (name.text.equals(text)) {
        return name;
      }
    }
    throw new IllegalArgumentException("no blob has the name " + text);
  }

  /** As the manifest spells it. */
  @JsonValue
  @Override
  public String toString() {
    return text;
  }
}
