package io.cloudlet.api.v1alpha1;

import com.fasterxml.jackson.annotation.JsonProperty;

/** How far the pod around a VM has come. */
public enum VmPodPhase {
  /** It waits for room, for its image, or to be started. */
  @JsonProperty("Pending")
  PENDING,
  /** Its container runs: a VM can be put into it. */
  @JsonProperty("Running")
  RUNNING,
  /** It has been told to end. */
  @JsonProperty("Ending")
  ENDING,
  /** Its container has ended, or it is gone; it never runs again. */
  @JsonProperty("Ended")
  ENDED;

  /** The API's word. */
  @Override
  public String toString() {
    return Words.of(this);
  }
}
