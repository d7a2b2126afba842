package io.cloudlet.sidecar.synthesis;

/**
 * How long a VM took to run, in milliseconds.
 *
 * @param stages of the pipeline, which overlap with everything else; zeros when nothing was decoded
 * @param prepareMillis until QEMU was started: plans and an empty disk
 * @param startMillis from then until QEMU answered
 * @param loadMillis from then until QEMU had the VM's state and all pages were in place
 * @param runMillis from then until the guest ran
 */
public record SynthesisTimes(
    StageTimes stages, long prepareMillis, long startMillis, long loadMillis, long runMillis) {
  /** From the call until the guest ran. */
  public long totalMillis() {
    return prepareMillis + startMillis + loadMillis + runMillis;
  }

  /** From the start of QEMU until the guest ran. */
  public long qemuMillis() {
    return startMillis + loadMillis + runMillis;
  }
}
