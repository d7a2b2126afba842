package io.cloudlet.sidecar.agent.synthesis;

import io.cloudlet.api.v1alpha1.Synthesis;

/** Who has to hear of VMs beside their own Syntheses: captures that wait for them, the node. */
public interface Bystanders {
  /** A VM runs, as has just been seen, or nothing of it is left. Returns at once. */
  void vmSeen(Synthesis owner);
}
