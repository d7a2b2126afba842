package io.cloudlet.sidecar.node;

import io.cloudlet.sidecar.image.CloudletException;
import io.cloudlet.sidecar.machine.Machine;
import io.cloudlet.sidecar.machine.Port;
import io.cloudlet.sidecar.qemu.QemuHost;
import io.cloudlet.sidecar.qemu.QmpClient;
import java.io.IOException;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;

/** Changes which ports of a running guest the host forwards. */
public final class ForwardPorts {
  private final DataDirectory data;
  private final VmRegistry registry;

  /** In a data directory. */
  public ForwardPorts(DataDirectory data) {
    this.data = data;
    this.registry = new VmRegistry(data);
  }

  /**
   * Does it; connections through ports that go on to be forwarded are not touched. What has been
   * changed before an error stays so, and another try goes on from there.
   *
   * @param wanted all ports that shall be forwarded then
   * @return the VM with the ports that it has now
   * @throws CloudletException when it does not run, or QEMU refuses, as for a port that is taken
   */
  public VmRecord run(VmName name, List<Port> wanted) throws IOException {
    try (ResourceLock _ = data.lockVm(name)) {
      VmRecord vm = registry.get(name);
      if (!vm.isAlive()) {
        throw new CloudletException(
            "VM " + name + " does not run; its ports can be changed while it does");
      }
      try (RunningVm running =
          RunningVm.connect(registry.files(vm), vm.machine().withPorts(List.of()))) {
        QemuHost host = registry.host(vm);
        Machine machine = host.forwarding(vm.machine().withPorts(wanted));
        change(running.qmp(), host.forwardsAt(), vm.ports(), machine.ports());
        List<Port> actual = UserNetwork.ask(running.qmp()).forwards(machine.ports());
        VmRecord forwarded = vm.withMachine(machine).running(vm.process(), actual);
        registry.write(forwarded);
        return forwarded;
      }
    }
  }

  private static void change(QmpClient qmp, String at, List<Port> actual, List<Port> wanted)
      throws IOException {
    Set<Integer> here = guests(actual);
    Set<Integer> shall = guests(wanted);
    for (Port port : actual) {
      if (!shall.contains(port.guest())) {
        say(qmp, "hostfwd_remove net0 tcp:%s:%d".formatted(at, port.host()), " removed");
      }
    }
    for (Port port : wanted) {
      if (!here.contains(port.guest())) {
        say(qmp, "hostfwd_add net0 tcp:%s:%d-:%d".formatted(at, port.host(), port.guest()), "");
      }
    }
  }

  private static Set<Integer> guests(List<Port> ports) {
    return ports.stream().map(Port::guest).collect(Collectors.toCollection(TreeSet::new));
  }

  /** QEMU has this for people only: whether it worked is in the words of the answer. */
  private static void say(QmpClient qmp, String command, String ending) throws IOException {
    String answer =
        qmp.execute("human-monitor-command", Map.of("command-line", command)).asText().strip();
    if (!(ending.isEmpty() ? answer.isEmpty() : answer.endsWith(ending.strip()))) {
      throw new CloudletException("QEMU refused " + command + ": " + answer);
    }
  }
}
