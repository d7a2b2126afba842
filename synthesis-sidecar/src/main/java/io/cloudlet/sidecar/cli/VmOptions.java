package io.cloudlet.sidecar.cli;

import io.cloudlet.sidecar.agent.vm.VmPods;
import java.nio.file.Path;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;

/** What the VMs of a node are. */
final class VmOptions {
  private static final String PROCESS = "process";
  private static final String PODS = "pods";

  @Option(
      names = "--vms",
      paramLabel = PROCESS + "|" + PODS,
      defaultValue = "${env:CLOUDLET_VMS:-" + PROCESS + "}",
      description =
          "What VMs are: processes of the agent, or pods that the operator makes; $CLOUDLET_VMS, or"
              + " process.")
  private String vms;

  @Option(
      names = "--kubelet-root",
      paramLabel = "DIRECTORY",
      defaultValue = "${env:CLOUDLET_KUBELET_ROOT:-/var/lib/kubelet}",
      description = "Where the node's kubelet keeps the folders of pods.")
  private Path kubelet;

  /** Where the pods are; null where VMs are processes. */
  @Nullable VmPods pods() {
    return switch (vms) {
      case PROCESS -> null;
      case PODS -> VmPods.under(kubelet);
      default -> throw new IllegalArgumentException("--vms is process or pods, not '" + vms + "'");
    };
  }
}
