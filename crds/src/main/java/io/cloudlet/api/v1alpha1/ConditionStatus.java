package io.cloudlet.api.v1alpha1;

import com.fasterxml.jackson.annotation.JsonProperty;

/** Whether a condition holds. */
public enum ConditionStatus {
  /** It holds. */
  @JsonProperty("True")
  TRUE,
  /** It does not hold. */
  @JsonProperty("False")
  FALSE,
  /** Nobody can say. */
  @JsonProperty("Unknown")
  UNKNOWN
}
