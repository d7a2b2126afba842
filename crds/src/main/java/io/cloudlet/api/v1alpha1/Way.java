package io.cloudlet.api.v1alpha1;

import com.fasterxml.jackson.annotation.JsonProperty;

/** How the memory of a VM came to be. */
public enum Way {
  /** A file on the node was mapped. */
  @JsonProperty("mapped")
  MAPPED,
  /** A file was made for this start, mapped and kept. */
  @JsonProperty("composed")
  COMPOSED,
  /** The base VM's memory was mapped, and the overlay's pages were streamed. */
  @JsonProperty("delta")
  DELTA,
  /** The VM ran while its pages were coming; no agent of this version does that. */
  @JsonProperty("early")
  EARLY,
  /** It booted. */
  @JsonProperty("boot")
  BOOT
}
