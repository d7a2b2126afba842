package io.cloudlet.sidecar.node;

import io.cloudlet.sidecar.machine.Machine;
import io.cloudlet.sidecar.machine.Port;
import io.cloudlet.sidecar.pod.PodPlace;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A VM to be started from an overlay, or from a base VM alone.
 *
 * @param name what to call it
 * @param ports what to forward; null for what the overlay or the base VM says
 * @param diskOnly whether to boot from the disk alone, even when there is memory to resume
 * @param pod in which pod it shall run; null: as a process of this machine
 * @param owner for whom it is made, in words of whoever asks; null when nobody is to know
 */
public record SynthesisRequest(
    VmName name,
    @Nullable List<Port> ports,
    boolean diskOnly,
    @Nullable PodPlace pod,
    @Nullable String owner) {
  /** A VM that nobody else knows of. */
  public SynthesisRequest(VmName name, @Nullable List<Port> ports, boolean diskOnly) {
    this(name, ports, diskOnly, null, null);
  }

  /** The hardware of a captured machine, with the ports that are asked for. */
  Machine machine(Machine captured) {
    Machine machine = ports == null ? captured : captured.withPorts(ports);
    return pod == null ? machine : pod.forwarding(machine);
  }
}
