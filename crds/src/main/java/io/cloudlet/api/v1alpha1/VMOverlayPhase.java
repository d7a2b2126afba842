package io.cloudlet.api.v1alpha1;

import com.fasterxml.jackson.annotation.JsonProperty;

/** How far a VM overlay has come. */
public enum VMOverlayPhase {
  /** Nothing has been done yet. */
  @JsonProperty("Pending")
  PENDING,
  /** The overlay is being read at its URL. */
  @JsonProperty("Fetching")
  FETCHING,
  /** The VM's state is being read. */
  @JsonProperty("Capturing")
  CAPTURING,
  /** Pages are deduplicated and compressed. */
  @JsonProperty("Encoding")
  ENCODING,
  /** The file is read back and compared. */
  @JsonProperty("Verifying")
  VERIFYING,
  /** It can be used. */
  @JsonProperty("Ready")
  READY,
  /** It will never be; the condition Ready says why. */
  @JsonProperty("Failed")
  FAILED,
  /** It is being deleted. */
  @JsonProperty("Terminating")
  TERMINATING;

  /** The API's word. */
  @Override
  public String toString() {
    return Words.of(this);
  }
}
