package io.cloudlet.sidecar.pod;

import io.cloudlet.sidecar.kubelet.PodFolder;
import io.cloudlet.sidecar.machine.Machine;
import io.cloudlet.sidecar.machine.Port;
import io.cloudlet.sidecar.qemu.VmFiles;
import java.nio.file.Path;
import java.util.Objects;

/**
 * The pod of a VM.
 *
 * @param uid tells it from another pod of that name
 * @param folder path of its emptyDir for the VM, on this node
 * @param address where the guest's ports are reached, under their own numbers
 * @param group of QEMU in the pod, which this program belongs to as well; -1 for its own group
 */
public record PodPlace(String uid, String folder, String address, int group) {
  /** The volume in which the agent and the pod meet. */
  public static final String VOLUME = "vm";

  /** The group that QEMU has in a pod. */
  public static final int GROUP = 107;

  /** Names what is missing. */
  public PodPlace {
    Objects.requireNonNull(uid, "pod.uid is missing");
    Objects.requireNonNull(folder, "pod.folder is missing");
    Objects.requireNonNull(address, "pod.address is missing");
  }

  /** A machine with each port under its own number, as a pod has an address of its own. */
  public Machine forwarding(Machine machine) {
    return machine.withPorts(
        machine.ports().stream().map(port -> new Port(port.guest(), port.guest())).toList());
  }

  /** The folder, to lay files into. */
  PodFolder laying() {
    return new PodFolder(Path.of(folder), group);
  }

  /** What QEMU has there. */
  public VmFiles files() {
    return new VmFiles(Path.of(folder));
  }

  /** Its QEMU, dead or alive. */
  public PodQemu qemu() {
    return new PodQemu(uid, files());
  }
}
