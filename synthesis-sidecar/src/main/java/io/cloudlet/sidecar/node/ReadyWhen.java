package io.cloudlet.sidecar.node;

import io.cloudlet.sidecar.image.CloudletException;
import io.cloudlet.sidecar.machine.Port;
import io.cloudlet.sidecar.qemu.QmpClient;
import io.cloudlet.sidecar.qemu.VmFiles;
import java.time.Duration;
import java.util.List;
import java.util.regex.Pattern;

/** What tells that a booted guest has come far enough to be captured. */
public sealed interface ReadyWhen {
  /**
   * Begins to watch a guest that is booting.
   *
   * @param ports what the host really forwards
   * @throws CloudletException when this guest can never give the sign
   */
  Readiness watch(VmFiles files, List<Port> ports, QmpClient qmp) throws CloudletException;

  /**
   * The serial console has printed something.
   *
   * @param pattern matches it; {@code ^} and {@code $} match at lines
   */
  record ConsolePrints(Pattern pattern) implements ReadyWhen {
    @Override
    public Readiness watch(VmFiles files, List<Port> ports, QmpClient qmp) {
      return new ConsoleReadiness(files.consoleLog(), pattern);
    }
  }

  /**
   * A TCP port of the guest answers.
   *
   * @param guestPort one that is forwarded
   */
  record PortAnswers(int guestPort) implements ReadyWhen {
    @Override
    public Readiness watch(VmFiles files, List<Port> ports, QmpClient qmp)
        throws CloudletException {
      for (Port port : ports) {
        if (port.guest() == guestPort) {
          return new PortReadiness("127.0.0.1", port, () -> UserNetwork.ask(qmp));
        }
      }
      throw new CloudletException(
          "the guest's port " + guestPort + " is not forwarded; add --port " + guestPort);
    }
  }

  /**
   * A time has passed since the start.
   *
   * @param delay how long
   */
  record After(Duration delay) implements ReadyWhen {
    @Override
    public Readiness watch(VmFiles files, List<Port> ports, QmpClient qmp) {
      return new DelayReadiness(delay);
    }
  }
}
