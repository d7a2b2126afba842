package io.cloudlet.operator;

import io.cloudlet.api.v1alpha1.Synthesis;
import io.cloudlet.api.v1alpha1.SynthesisStatus;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.KubernetesClientException;
import java.util.List;
import java.util.Objects;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * The argument {@code vms-left}: whether a Synthesis still has a VM. Asked before an installation
 * is removed: nobody would look after the VM then, and nobody could end it in order.
 *
 * @param say takes a sentence for people
 * @param client asks the API server
 */
record VmsLeft(Consumer<String> say, KubernetesClient client) {
  private static final int MOST_NAMED = 20;
  private static final int SOME = 1;
  private static final int UNKNOWN = 2;

  /**
   * Asks.
   *
   * @return an exit code: 0 when there is no VM, 1 when there are some, 2 when that cannot be known
   */
  int run() {
    List<String> vms;
    try {
      vms =
          client.resources(Synthesis.class).inAnyNamespace().list().getItems().stream()
              .map(VmsLeft::vmOf)
              .filter(Objects::nonNull)
              .sorted()
              .toList();
    } catch (KubernetesClientException e) {
      say.accept("The Syntheses cannot be listed, so nothing is removed: " + e.getMessage());
      return UNKNOWN;
    }
    if (vms.isEmpty()) {
      say.accept("No Synthesis has a VM.");
      return 0;
    }
    say.accept(
        "Nothing is removed: "
            + vms.size()
            + (vms.size() == 1 ? " Synthesis has" : " Syntheses have")
            + " a VM.");
    vms.stream().limit(MOST_NAMED).forEach(it -> say.accept("  " + it));
    if (vms.size() > MOST_NAMED) {
      say.accept("  and " + (vms.size() - MOST_NAMED) + " more");
    }
    say.accept("Delete them first: kubectl delete syntheses --all --all-namespaces");
    say.accept(
        "Or leave them to themselves, without anyone to end them: helm uninstall --no-hooks");
    return SOME;
  }

  private static @Nullable String vmOf(Synthesis synthesis) {
    SynthesisStatus status = synthesis.getStatus();
    return status == null || status.vm() == null
        ? null
        : "%s/%s: VM %s on node %s, %s"
            .formatted(
                synthesis.getMetadata().getNamespace(),
                synthesis.getMetadata().getName(),
                status.vm(),
                status.node(),
                status.phase());
  }
}
