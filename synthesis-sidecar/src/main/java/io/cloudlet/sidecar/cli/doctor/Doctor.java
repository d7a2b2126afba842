package io.cloudlet.sidecar.cli.doctor;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/** Looks at everything that this machine needs to run VMs. */
public final class Doctor {
  private final List<Check> checks;

  /** With the place of the data directory, which need not exist. */
  public Doctor(Path root) {
    checks =
        List.of(
            MachineChecks::jdk,
            MachineChecks::qemu,
            MachineChecks::qemuImg,
            () -> KvmCheck.look(root),
            MachineChecks::ext4,
            MachineChecks::userfaultfd,
            () -> MachineChecks.disk(root),
            MachineChecks::sharedMemory);
  }

  /** Looks; takes some seconds, because it starts programs. */
  public List<Finding> examine() throws InterruptedException {
    List<Finding> findings = new ArrayList<>();
    for (Check check : checks) {
      findings.add(check.look());
    }
    return findings;
  }
}
