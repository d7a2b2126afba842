package io.cloudlet.sidecar.agent.vm;

import io.cloudlet.sidecar.agent.problem.Problem;
import io.cloudlet.sidecar.agent.problem.ProblemException;
import io.cloudlet.sidecar.image.CloudletException;
import io.cloudlet.sidecar.qemu.QemuBinary;
import java.io.IOException;
import org.jspecify.annotations.Nullable;

/** The QEMU of this node, looked for until it is found. Thread-safe. */
public final class Qemu {
  private final String command;
  private @Nullable QemuBinary found;

  /**
   * By its command.
   *
   * @param command path or name of the program
   */
  public Qemu(String command) {
    this.command = command;
  }

  /**
   * The program.
   *
   * @throws ProblemException when there is none
   */
  public synchronized QemuBinary binary() throws IOException {
    if (found == null) {
      try {
        found = QemuBinary.detect(command);
      } catch (CloudletException e) {
        throw new ProblemException(
            Problem.passing("QemuMissing", e.getMessage() + "; until then choose another node"));
      }
    }
    return found;
  }
}
