package io.cloudlet.operator.pod;

import io.fabric8.kubernetes.api.model.Pod;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.KubernetesClientException;
import io.fabric8.kubernetes.client.dsl.base.PatchContext;
import io.fabric8.kubernetes.client.dsl.base.PatchType;
import java.net.HttpURLConnection;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import org.jspecify.annotations.Nullable;

/** Lets a Service lead to a pod once the guest in it answers, and not before. */
final class ReadinessGate {
  /** Adds to the conditions of the node's own, or replaces one. */
  private static final PatchContext MERGE = PatchContext.of(PatchType.STRATEGIC_MERGE);

  private final KubernetesClient client;

  ReadinessGate(KubernetesClient client) {
    this.client = client;
  }

  /** Writes it where it is not so yet. */
  void set(Pod pod, boolean open) {
    if (isOpen(pod) == open) {
      return;
    }
    // The uid, so that a pod of the same name that was made meanwhile stays closed.
    String patch =
        """
        {"metadata": {"uid": "%s"}, "status": {"conditions": [{"type": "%s", "status": "%s",
         "lastTransitionTime": "%s"}]}}
        """
            .formatted(
                pod.getMetadata().getUid(),
                PodTemplate.READINESS_GATE,
                open ? "True" : "False",
                Instant.now().truncatedTo(ChronoUnit.SECONDS));
    try {
      @Nullable Pod _ =
          client
              .pods()
              .inNamespace(pod.getMetadata().getNamespace())
              .withName(pod.getMetadata().getName())
              .subresource("status")
              .patch(MERGE, patch);
    } catch (KubernetesClientException e) {
      if (e.getCode() != HttpURLConnection.HTTP_NOT_FOUND
          && e.getCode() != HttpURLConnection.HTTP_CONFLICT) {
        throw e;
      }
    }
  }

  private static boolean isOpen(Pod pod) {
    return pod.getStatus().getConditions().stream()
        .anyMatch(
            it -> PodTemplate.READINESS_GATE.equals(it.getType()) && "True".equals(it.getStatus()));
  }
}
