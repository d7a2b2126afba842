package io.cloudlet.sidecar.qemu;

import com.fasterxml.jackson.annotation.JsonIgnore;
import io.cloudlet.sidecar.machine.Accelerator;
import java.util.Objects;

/**
 * What is known of KVM on this machine.
 *
 * @param proof how far it was seen working
 * @param reason for a person, why not further and what to do; or what was seen
 */
public record KvmVerdict(Proof proof, String reason) {
  /** How far KVM was seen working. */
  public enum Proof {
    /** It does not run guests here. */
    FAILED,
    /** It runs code at the speed of the processor; no kernel was there to be tried. */
    LOOP,
    /** It has booted a kernel. */
    KERNEL
  }

  /** A file may lack either. */
  public KvmVerdict {
    Objects.requireNonNull(proof, "proof is missing");
    Objects.requireNonNull(reason, "reason is missing");
  }

  /** What to run guests with: KVM only when it has booted a kernel. */
  @JsonIgnore
  public Accelerator accelerator() {
    return proof == Proof.KERNEL ? Accelerator.KVM : Accelerator.TCG;
  }
}
