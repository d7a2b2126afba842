package io.cloudlet.api.v1alpha1;

import com.fasterxml.jackson.annotation.JsonProperty;

/** How much time an overlay may take to be small. */
public enum Effort {
  /** As fast as the pages can be read. */
  @JsonProperty("fast")
  FAST,
  /** What most want. */
  @JsonProperty("balanced")
  BALANCED,
  /** As small as possible, for overlays that are made once and fetched often. */
  @JsonProperty("best")
  BEST
}
