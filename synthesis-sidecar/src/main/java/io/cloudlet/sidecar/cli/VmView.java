package io.cloudlet.sidecar.cli;

import io.cloudlet.sidecar.machine.Port;
import io.cloudlet.sidecar.node.VmRecord;
import io.cloudlet.sidecar.node.VmState;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A VM as the commands show it; the names are part of the command line's contract.
 *
 * @param state {@code starting}, {@code running}, {@code stopped}, or {@code dead}: its process
 *     ended without a command
 * @param ports forwarded ports, {@code HOST:GUEST}
 * @param created ISO 8601
 */
record VmView(
    String name,
    String state,
    int cpus,
    long memoryBytes,
    List<String> ports,
    String base,
    @Nullable String overlay,
    String accelerator,
    String machineType,
    String created,
    @Nullable Long pid) {
  static VmView of(VmRecord vm) {
    boolean dead = vm.state() == VmState.RUNNING && !vm.isAlive();
    return new VmView(
        vm.name().text(),
        dead ? "dead" : vm.state().toString(),
        vm.machine().cpus(),
        vm.machine().memoryBytes(),
        vm.ports().stream().map(Port::toString).toList(),
        vm.base(),
        vm.overlay(),
        vm.machine().accelerator().toString(),
        vm.machine().machineType(),
        Instant.ofEpochMilli(vm.created()).toString(),
        vm.process() == null ? null : vm.process().pid());
  }
}
