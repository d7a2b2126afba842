package io.cloudlet.sidecar.node;

import io.cloudlet.sidecar.image.CloudletException;
import io.cloudlet.sidecar.machine.Port;
import io.cloudlet.sidecar.qemu.QemuGoneException;
import io.cloudlet.sidecar.qemu.QemuTimeoutException;
import io.cloudlet.sidecar.qemu.QmpClient;
import io.cloudlet.sidecar.qemu.VmFiles;
import java.io.IOException;
import java.time.Duration;

/**
 * A TCP port of a running guest, behind a port of this host.
 *
 * @param files of the VM's QEMU
 * @param host where the host's ports are
 * @param port as the host really forwards it
 */
public record GuestPort(VmFiles files, String host, Port port) {
  private static final Duration ANSWER = Duration.ofSeconds(1);

  /**
   * A port of a VM.
   *
   * @param guest its number in the guest
   * @throws CloudletException when it is not forwarded, as when the VM does not run
   */
  public static GuestPort of(DataDirectory data, VmRecord vm, int guest) throws CloudletException {
    for (Port port : vm.ports()) {
      if (port.guest() == guest) {
        return new GuestPort(new VmRegistry(data).files(vm), vm.host(), port);
      }
    }
    throw new CloudletException(
        "port " + guest + " of VM " + vm.name() + " is not forwarded; add it to the VM's ports");
  }

  /**
   * Whether it answers now. One try, of a few seconds at most; also false when QEMU has no time to
   * say whether it does, as while others talk to it.
   */
  public boolean answers() throws IOException {
    return new PortReadiness(host, port, this::network).isThere();
  }

  private UserNetwork network() throws IOException {
    try (QmpClient qmp = QmpClient.connect(files.qmp(), ANSWER)) {
      return UserNetwork.ask(qmp, ANSWER);
    } catch (QemuGoneException | QemuTimeoutException e) {
      return UserNetwork.SILENT;
    }
  }
}
