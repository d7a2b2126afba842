package io.cloudlet.sidecar.agent.node;

import io.cloudlet.sidecar.agent.problem.ProblemException;
import java.io.IOException;

/** Where the VMs of this node are to run. Thread-safe. */
@FunctionalInterface
public interface VmRoom {
  /**
   * Looks whether they can.
   *
   * @return what goes on after "the agent can run VMs", for people; empty when there is nothing
   * @throws ProblemException saying what is missing
   */
  String check() throws IOException;
}
