package io.cloudlet.sidecar.agent.vm;

import io.cloudlet.sidecar.node.DataDirectory;
import io.cloudlet.sidecar.node.VmRecord;
import io.cloudlet.sidecar.node.VmRegistry;
import io.cloudlet.sidecar.pod.PodPlace;
import io.cloudlet.sidecar.qemu.QemuLog;
import io.cloudlet.sidecar.qemu.VmFiles;
import java.io.IOException;
import java.nio.file.Files;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/** The VMs of this node that belong to Syntheses. Looks at the disk each time. Thread-safe. */
public final class OwnedVms {
  /** Said by QEMU when it was ended from outside; then, too, it ends in order. */
  private static final String SIGNAL = "terminating on signal";

  private final VmRegistry registry;

  /** Of a data directory. */
  public OwnedVms(DataDirectory data) {
    this.registry = new VmRegistry(data);
  }

  /** The VM of an owner, if there is one. */
  public Optional<VmRecord> find(Owner owner) throws IOException {
    return registry
        .find(owner.vmName())
        .filter(vm -> Owner.parse(vm.owner()).filter(owner::equals).isPresent());
  }

  /** All of them. */
  public Map<String, Owner> all() throws IOException {
    Map<String, Owner> found = new TreeMap<>();
    for (VmRecord vm : registry.list()) {
      Owner.parse(vm.owner()).ifPresent(owner -> found.put(vm.name().text(), owner));
    }
    return found;
  }

  /** How many VMs there are, whoever they belong to. */
  public int count() throws IOException {
    return registry.list().size();
  }

  /** What has become of a VM. */
  public Life lifeOf(VmRecord vm) throws IOException {
    return switch (vm.state()) {
      case STARTING -> Life.STARTING;
      case STOPPED -> Life.STOPPED;
      case RUNNING -> vm.isAlive() ? Life.ALIVE : endOf(vm);
    };
  }

  private Life endOf(VmRecord vm) throws IOException {
    PodPlace pod = vm.pod();
    if (pod == null) {
      return endOf(registry.files(vm));
    }
    return Files.isDirectory(pod.files().folder()) ? endOf(pod.files()) : Life.GONE_WITH_POD;
  }

  /** QEMU removes the note of its number when it ends in order, as after the guest's shutdown. */
  private static Life endOf(VmFiles files) throws IOException {
    return Files.exists(files.pid()) || wasEnded(files) ? Life.DIED : Life.SHUT_DOWN;
  }

  private static boolean wasEnded(VmFiles files) {
    return new QemuLog(files.log()).end().contains(SIGNAL);
  }
}
