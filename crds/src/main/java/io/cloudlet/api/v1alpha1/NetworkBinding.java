package io.cloudlet.api.v1alpha1;

import com.fasterxml.jackson.annotation.JsonProperty;

/** How the guest reaches the network. */
public enum NetworkBinding {
  /**
   * Behind address translation: the guest's own address is the same on every node, so that it finds
   * its network again where it resumes.
   */
  @JsonProperty("Masquerade")
  MASQUERADE
}
