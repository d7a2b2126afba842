package io.cloudlet.api.v1alpha1;

import com.fasterxml.jackson.annotation.JsonProperty;

/** What runs before the boot loader. */
public enum Firmware {
  /** A PC BIOS. */
  @JsonProperty("BIOS")
  BIOS
}
