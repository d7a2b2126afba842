package io.cloudlet.sidecar.node;

/** What becomes of a VM when its overlay has been written and verified. */
public enum AfterCapture {
  /** It runs on from the instant of the capture, and did so while the overlay was written. */
  CONTINUE,
  /** Its process ends. It stands still from the capture on, so that nothing it does is lost. */
  STOP,
  /** It is removed. It stands still from the capture on. */
  DELETE
}
