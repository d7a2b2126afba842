package io.cloudlet.sidecar.cli;

import io.cloudlet.api.words.MemorySize;
import io.cloudlet.sidecar.machine.Machine;
import io.cloudlet.sidecar.machine.Port;
import java.util.stream.Collectors;

/** A machine's hardware for people. */
final class MachineText {
  private MachineText() {}

  static void rows(Table table, Machine machine) {
    String ports = machine.ports().stream().map(Port::toString).collect(Collectors.joining(", "));
    table
        .row("machine", machine.machineType())
        .row("cpu", machine.cpus() + " x " + machine.cpuModel())
        .row("memory", MemorySize.of(machine.memoryBytes()))
        .row("accelerator", machine.accelerator().toString())
        .row("ports", ports.isEmpty() ? "-" : ports);
  }
}
