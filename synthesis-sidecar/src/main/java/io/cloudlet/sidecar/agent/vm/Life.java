package io.cloudlet.sidecar.agent.vm;

/** What has become of a VM's QEMU. */
public enum Life {
  /** There is no such VM. */
  NONE,
  /** It is being started. */
  STARTING,
  /** It lives. */
  ALIVE,
  /** It was stopped by who was asked to. */
  STOPPED,
  /** The guest has shut down. */
  SHUT_DOWN,
  /** It ended otherwise. */
  DIED,
  /** Its pod has ended and taken with it what could tell how. */
  GONE_WITH_POD
}
