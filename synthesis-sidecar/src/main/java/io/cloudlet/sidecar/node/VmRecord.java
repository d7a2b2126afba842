package io.cloudlet.sidecar.node;

import com.fasterxml.jackson.annotation.JsonInclude;
import io.cloudlet.sidecar.image.Digest;
import io.cloudlet.sidecar.machine.Machine;
import io.cloudlet.sidecar.machine.Port;
import java.time.Instant;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * What this machine knows of one VM, kept as {@code vm.json} in the VM's folder.
 *
 * @param name the VM
 * @param base digest of its base VM, {@code sha256:HEX}
 * @param overlay root digest of the overlay that it was synthesised from; null for a base's own
 * @param machine its hardware, with the ports that were asked for
 * @param ports the ports that the host forwards; empty while it does not run
 * @param state what it is to be
 * @param created when, in milliseconds since 1970
 * @param process its QEMU; null unless {@link VmState#RUNNING}
 * @param owner for whom it was made, in words of whoever asked; null when nobody said
 */
@JsonInclude(JsonInclude.Include.NON_NULL)
public record VmRecord(
    VmName name,
    String base,
    @Nullable String overlay,
    Machine machine,
    List<Port> ports,
    VmState state,
    long created,
    @Nullable ProcessId process,
    @Nullable String owner) {
  /** Names the field that is missing. */
  public VmRecord {
    Objects.requireNonNull(name, "name is missing");
    Objects.requireNonNull(base, "base is missing");
    Objects.requireNonNull(machine, "machine is missing");
    Objects.requireNonNull(state, "state is missing");
    ports = ports == null ? List.of() : List.copyOf(ports);
  }

  /** A VM that is about to start. */
  public static VmRecord starting(
      VmName name, Digest base, @Nullable Digest overlay, Machine machine, @Nullable String owner) {
    long now = Instant.now().toEpochMilli();
    String root = overlay == null ? null : overlay.toString();
    return new VmRecord(
        name, base.toString(), root, machine, List.of(), VmState.STARTING, now, null, owner);
  }

  /** The same VM with other hardware, such as other ports. */
  VmRecord withMachine(Machine other) {
    return new VmRecord(name, base, overlay, other, ports, state, created, process, owner);
  }

  /** The same VM, now running in a process, behind the ports that the process was given. */
  public VmRecord running(ProcessId qemu, List<Port> actual) {
    return new VmRecord(
        name, base, overlay, machine, actual, VmState.RUNNING, created, qemu, owner);
  }

  /** The same VM without a process. */
  public VmRecord stopped() {
    return new VmRecord(
        name, base, overlay, machine, List.of(), VmState.STOPPED, created, null, owner);
  }

  /** Whether its process lives. */
  public boolean isAlive() {
    return process != null && process.isAlive();
  }
}
