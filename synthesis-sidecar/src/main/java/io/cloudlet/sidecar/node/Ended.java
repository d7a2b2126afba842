package io.cloudlet.sidecar.node;

/** How a VM came to its end. */
public enum Ended {
  /** It did not run. */
  BEFORE,
  /** The guest shut itself down when it was asked. */
  SHUT_DOWN,
  /** Its process was ended, as by a power cut; what was written to its disk is kept. */
  CUT_OFF
}
