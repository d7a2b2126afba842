package io.cloudlet.sidecar.agent.synthesis;

import io.cloudlet.api.v1alpha1.Failure;
import io.cloudlet.api.v1alpha1.VmPod;
import io.cloudlet.sidecar.agent.vm.Life;
import io.cloudlet.sidecar.node.VmRecord;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * How a VM has ended, in words.
 *
 * @param failed whether it was an accident
 * @param reason in one word
 * @param message for people, with what they can do
 */
record VmEnd(boolean failed, String reason, String message) {
  /** What Kubernetes says of a container whose program ended by itself. */
  private static final Set<String> BY_ITSELF = Set.of("Completed", "Error");

  private static final String THEN =
      ". Its disk is kept: capture it with a VMOverlay with diskOnly, or delete the Synthesis and"
          + " create it again";

  static VmEnd of(VmRecord vm, Life life, SynthesisSight seen) {
    Failure cause = cause(vm, seen);
    return switch (life) {
      case STOPPED -> new VmEnd(false, "Stopped", "the VM was stopped; its disk is kept");
      case SHUT_DOWN ->
          cause == null
              ? new VmEnd(false, "GuestShutDown", "the guest has shut down; its disk is kept")
              : new VmEnd(
                  false, cause.reason(), "the guest was shut down: " + cause.message() + THEN);
      case NONE, STARTING, ALIVE, DIED, GONE_WITH_POD ->
          cause == null
              ? new VmEnd(true, "VmDied", died(vm))
              : new VmEnd(true, cause.reason(), "the VM was cut off: " + cause.message() + THEN);
    };
  }

  private static String died(VmRecord vm) {
    String where =
        vm.pod() == null ? "qemu.log of the VM on the node" : "kubectl logs of pod " + vm.name();
    return "the process of the VM has ended although nobody asked it to; "
        + where
        + " may say why"
        + THEN;
  }

  /** What its pod has to do with it; null when nothing. */
  private static @Nullable Failure cause(VmRecord vm, SynthesisSight seen) {
    if (vm.pod() == null || seen.facts().ending() != null) {
      return seen.facts().ending();
    }
    VmPod pod = seen.pod();
    return pod == null || pod.reason() == null || BY_ITSELF.contains(pod.reason())
        ? null
        : new Failure(pod.reason(), "pod " + pod.name() + " " + pod.message());
  }
}
