package io.cloudlet.api.v1alpha1;

import com.fasterxml.jackson.annotation.JsonProperty;

/** How far a synthesis has come. */
public enum SynthesisPhase {
  /** No node has been found yet. */
  @JsonProperty("Pending")
  PENDING,
  /** A node has been found. */
  @JsonProperty("Scheduled")
  SCHEDULED,
  /** Base VM or overlay is coming to the node. */
  @JsonProperty("Fetching")
  FETCHING,
  /** The VM is being put together. */
  @JsonProperty("Synthesizing")
  SYNTHESIZING,
  /** The guest runs; its port has not answered yet. */
  @JsonProperty("Running")
  RUNNING,
  /** The guest runs and answers. */
  @JsonProperty("Ready")
  READY,
  /** The VM has ended; its disk is kept. */
  @JsonProperty("Stopped")
  STOPPED,
  /** The VM cannot be made, or has died; the condition Ready says why. */
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
