package io.cloudlet.sidecar.device;

/** A message of the API for device plugins. */
interface Message {
  /** Its fields on the wire. */
  byte[] encode();
}
