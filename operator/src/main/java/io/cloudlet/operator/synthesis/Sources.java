package io.cloudlet.operator.synthesis;

import io.cloudlet.api.v1alpha1.MachineStatus;
import io.cloudlet.api.v1alpha1.SynthesisStatus;
import org.jspecify.annotations.Nullable;

/**
 * What a VM is made of.
 *
 * @param baseDigest absent while nobody has read the overlay that names it
 * @param overlayDigest absent when the base VM is resumed as it is
 * @param machine of the base VM; absent while that is unknown
 */
record Sources(
    @Nullable String baseDigest,
    @Nullable String overlayDigest,
    @Nullable String overlayUrl,
    @Nullable MachineStatus machine) {
  static final Sources UNKNOWN = new Sources(null, null, null, null);

  /** What was written down when the Synthesis was placed. */
  static Sources of(SynthesisStatus status) {
    return new Sources(
        status.baseDigest(), status.overlayDigest(), status.overlayUrl(), status.machine());
  }
}
