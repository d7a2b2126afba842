package io.cloudlet.api.v1alpha1;

import com.fasterxml.jackson.annotation.JsonProperty;

/** What becomes of a VM once its overlay has been verified. */
public enum AfterCapture {
  /** It runs on. */
  @JsonProperty("Continue")
  CONTINUE,
  /** It is stopped; its disk is kept. */
  @JsonProperty("Stop")
  STOP,
  /** Its Synthesis is deleted. */
  @JsonProperty("Delete")
  DELETE
}
