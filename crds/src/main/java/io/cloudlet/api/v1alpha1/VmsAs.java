package io.cloudlet.api.v1alpha1;

import com.fasterxml.jackson.annotation.JsonProperty;

/** What a VM is on a node. */
public enum VmsAs {
  /** A process that the agent starts. */
  @JsonProperty("Processes")
  PROCESSES,
  /** A process in a pod of its own, which the operator makes and the agent fills. */
  @JsonProperty("Pods")
  PODS;

  /** The API's word. */
  @Override
  public String toString() {
    return Words.of(this);
  }
}
