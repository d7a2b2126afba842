package io.cloudlet.api.v1alpha1;

import com.fasterxml.jackson.annotation.JsonProperty;

/** How far a base VM has come. */
public enum BaseVMPhase {
  /** Nothing has been done yet. */
  @JsonProperty("Pending")
  PENDING,
  /** Image or package is coming. */
  @JsonProperty("Fetching")
  FETCHING,
  /** The guest boots, and is not ready yet. */
  @JsonProperty("Booting")
  BOOTING,
  /** Disk and memory are being kept. */
  @JsonProperty("Capturing")
  CAPTURING,
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
