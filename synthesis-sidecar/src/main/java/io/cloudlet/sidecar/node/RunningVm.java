package io.cloudlet.sidecar.node;

import io.cloudlet.sidecar.image.CloudletException;
import io.cloudlet.sidecar.machine.Machine;
import io.cloudlet.sidecar.machine.Port;
import io.cloudlet.sidecar.qemu.Balloon;
import io.cloudlet.sidecar.qemu.ConnectedQemu;
import io.cloudlet.sidecar.qemu.LiveQemu;
import io.cloudlet.sidecar.qemu.QemuCommand;
import io.cloudlet.sidecar.qemu.QemuHost;
import io.cloudlet.sidecar.qemu.QemuProcess;
import io.cloudlet.sidecar.qemu.QmpClient;
import io.cloudlet.sidecar.qemu.VmFiles;
import io.cloudlet.sidecar.qemu.VmHandle;
import java.io.IOException;
import java.util.List;
import java.util.OptionalLong;

/**
 * A QEMU of this machine and the connection to it. Closing ends the connection, not QEMU. The
 * client may be used by several threads.
 *
 * @param ports what the host really forwards
 */
record RunningVm(VmFiles files, Machine machine, List<Port> ports, QmpClient qmp)
    implements AutoCloseable {
  /** Memory that a squeezed guest keeps beyond what it uses. */
  private static final long SPARE = 32L << 20;

  private static final long MIB = 1L << 20;

  /** Starts QEMU in a folder where the disk lies. It has been ended when this fails. */
  static RunningVm start(QemuCommand command, QemuHost host) throws IOException {
    LiveQemu qemu;
    try (ConnectedQemu started = host.start(command, Limits.START)) {
      qemu = started.process();
    }
    try {
      return connect(host.files(), command.machine());
    } catch (IOException | RuntimeException e) {
      CleanUp.after(e, () -> qemu.stop(Limits.STOP));
      throw e;
    }
  }

  /** Connects to one that runs. */
  static RunningVm connect(VmFiles files, Machine machine) throws IOException {
    QmpClient qmp = QmpClient.connect(files.qmp(), Limits.ANSWER);
    try {
      List<Port> ports = UserNetwork.ask(qmp).forwards(machine.ports());
      return new RunningVm(files, machine, ports, qmp);
    } catch (IOException | RuntimeException e) {
      CleanUp.after(e, qmp::close);
      throw e;
    }
  }

  VmHandle handle() {
    return files.handle();
  }

  /** The process behind it. */
  ProcessId process() throws IOException {
    return QemuProcess.find(files)
        .flatMap(process -> ProcessId.of(process.pid()))
        .orElseThrow(() -> new CloudletException("QEMU has ended; see " + files.log()));
  }

  /** Takes the memory that the guest does not use; the guest may give less, or nothing. */
  void squeeze() throws IOException {
    Balloon balloon = new Balloon(qmp);
    OptionalLong free = balloon.free(Limits.ANSWER);
    if (free.isPresent() && free.getAsLong() > SPARE) {
      long target = machine.memoryBytes() - free.getAsLong() + SPARE;
      balloon.squeeze(target / MIB * MIB, Limits.SQUEEZE);
    }
  }

  /** Gives back what {@link #squeeze} took, now or before the VM's state was saved. */
  void release() throws IOException {
    if (machine.balloon()) {
      new Balloon(qmp).release(machine.memoryBytes());
    }
  }

  @Override
  public void close() throws IOException {
    qmp.close();
  }
}
