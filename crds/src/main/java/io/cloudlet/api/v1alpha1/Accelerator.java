package io.cloudlet.api.v1alpha1;

import com.fasterxml.jackson.annotation.JsonProperty;

/** What executes the instructions of a guest. */
public enum Accelerator {
  /** QEMU translates; runs everywhere. */
  @JsonProperty("tcg")
  TCG,
  /** The kernel of the node virtualises. */
  @JsonProperty("kvm")
  KVM
}
