package io.cloudlet.sidecar.synthesis;

import io.cloudlet.sidecar.image.CloudletException;
import io.cloudlet.sidecar.machine.Machine;
import io.cloudlet.sidecar.qemu.QemuBinary;
import io.cloudlet.sidecar.qemu.QemuHost;
import io.cloudlet.sidecar.qemu.VmFiles;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The VM that a synthesis makes.
 *
 * @param binary the QEMU that runs it
 * @param machine the captured hardware; only what the host forwards may be other than it was
 * @param host where it runs; its folder exists, has no disk yet and belongs to this VM alone
 */
public record VmTarget(QemuBinary binary, Machine machine, QemuHost host) {
  /** The VM's folder. */
  public VmFiles files() {
    return host.files();
  }

  /**
   * Refuses other hardware than the state was captured on: QEMU would load nothing, or nonsense.
   *
   * @param captured as the overlay or the base records it
   * @param source which overlay or base, for the message
   */
  void require(@Nullable Machine captured, String source) throws CloudletException {
    if (captured == null) {
      throw new CloudletException(source + " names no machine, so there is no VM to resume");
    }
    if (!captured.withPorts(List.of()).equals(machine.withPorts(List.of()))) {
      throw new CloudletException(
          source + " was captured on " + captured + ", not on " + machine + "; use that machine");
    }
  }
}
