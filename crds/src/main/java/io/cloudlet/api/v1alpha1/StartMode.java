package io.cloudlet.api.v1alpha1;

import com.fasterxml.jackson.annotation.JsonProperty;

/** How a VM starts. */
public enum StartMode {
  /** It goes on where it was captured. */
  @JsonProperty("Resume")
  RESUME,
  /** It boots from its disk; the memory is left out. */
  @JsonProperty("Boot")
  BOOT
}
