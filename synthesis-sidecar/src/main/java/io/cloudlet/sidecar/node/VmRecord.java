package io.cloudlet.sidecar.node;

import com.fasterxml.jackson.annotation.JsonIgnore;
import com.fasterxml.jackson.annotation.JsonInclude;
import io.cloudlet.sidecar.image.Digest;
import io.cloudlet.sidecar.machine.Machine;
import io.cloudlet.sidecar.machine.Port;
import io.cloudlet.sidecar.pod.PodPlace;
import java.io.IOException;
import java.io.UncheckedIOException;
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
 * @param process its QEMU; null unless {@link VmState#RUNNING}, and in a pod
 * @param pod where it runs or is to run; null when it is a process of this machine, or stopped
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
    @Nullable PodPlace pod,
    @Nullable String owner) {
  private static final String LOOPBACK = "127.0.0.1";

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
        name, base.toString(), root, machine, List.of(), VmState.STARTING, now, null, null, owner);
  }

  /** The same VM, which is to run in a pod. */
  VmRecord in(@Nullable PodPlace place) {
    return new VmRecord(name, base, overlay, machine, ports, state, created, process, place, owner);
  }

  /** The same VM with other hardware, such as other ports. */
  VmRecord withMachine(Machine other) {
    return new VmRecord(name, base, overlay, other, ports, state, created, process, pod, owner);
  }

  /**
   * The same VM, now running behind the ports that it was given.
   *
   * @param qemu its process; null in a pod
   */
  public VmRecord running(@Nullable ProcessId qemu, List<Port> actual) {
    return new VmRecord(
        name, base, overlay, machine, actual, VmState.RUNNING, created, qemu, pod, owner);
  }

  /** The same VM without a process, or a pod. */
  public VmRecord stopped() {
    return new VmRecord(
        name, base, overlay, machine, List.of(), VmState.STOPPED, created, null, null, owner);
  }

  /** Address at which this machine reaches its ports. */
  public String host() {
    return pod == null ? LOOPBACK : pod.address();
  }

  /** Whether its QEMU lives. */
  @JsonIgnore
  public boolean isAlive() {
    if (pod == null) {
      return process != null && process.isAlive();
    }
    try {
      return state == VmState.RUNNING && pod.qemu().isAlive();
    } catch (IOException e) {
      throw new UncheckedIOException("whether VM " + name + " lives cannot be seen in its pod", e);
    }
  }
}
