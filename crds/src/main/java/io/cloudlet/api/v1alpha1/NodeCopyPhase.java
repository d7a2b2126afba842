package io.cloudlet.api.v1alpha1;

import com.fasterxml.jackson.annotation.JsonProperty;

/** How far a base VM has come on a node. */
public enum NodeCopyPhase {
  /** It is coming. */
  @JsonProperty("Fetching")
  FETCHING,
  /** The node has it, verified. */
  @JsonProperty("Ready")
  READY,
  /** It could not be brought there. */
  @JsonProperty("Failed")
  FAILED
}
