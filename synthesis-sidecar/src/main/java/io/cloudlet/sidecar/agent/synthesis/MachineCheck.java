package io.cloudlet.sidecar.agent.synthesis;

import io.cloudlet.sidecar.agent.problem.ProblemException;
import io.cloudlet.sidecar.machine.Machine;
import java.io.IOException;

/** Whether this node can run a machine. Thread-safe. */
@FunctionalInterface
public interface MachineCheck {
  /**
   * Refuses a machine that cannot run here.
   *
   * @throws ProblemException saying which node it needs
   */
  void require(Machine machine) throws IOException;
}
