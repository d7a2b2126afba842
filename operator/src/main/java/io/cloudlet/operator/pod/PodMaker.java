package io.cloudlet.operator.pod;

import io.cloudlet.api.v1alpha1.Synthesis;
import io.cloudlet.operator.status.Problem;
import io.cloudlet.operator.status.Reason;
import io.fabric8.kubernetes.api.model.HasMetadata;
import io.fabric8.kubernetes.api.model.Pod;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.KubernetesClientException;
import java.net.HttpURLConnection;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Makes pods, and takes them away. */
final class PodMaker {
  /** What the API server answers to what it will not take until somebody changes something. */
  private static final Set<Integer> REFUSALS =
      Set.of(HttpURLConnection.HTTP_BAD_REQUEST, HttpURLConnection.HTTP_FORBIDDEN, 422);

  private final KubernetesClient client;

  PodMaker(KubernetesClient client) {
    this.client = client;
  }

  /** What came of it. */
  sealed interface Outcome {
    /** It is there: made now, or before by this operator, which does not see it yet. */
    record Made(Pod pod) implements Outcome {}

    /** It is not there, and trying again at once would not help. */
    record Refused(Problem why) implements Outcome {}
  }

  Outcome make(Synthesis synthesis, Pod template) {
    try {
      return new Outcome.Made(client.resource(template).create());
    } catch (KubernetesClientException e) {
      if (REFUSALS.contains(e.getCode())) {
        return new Outcome.Refused(new Problem(Reason.POD_REFUSED, refusal(e)));
      }
      @Nullable Pod there =
          e.getCode() == HttpURLConnection.HTTP_CONFLICT ? client.resource(template).get() : null;
      if (there == null) {
        throw e;
      }
      return isOf(there, synthesis)
          ? new Outcome.Made(there)
          : new Outcome.Refused(new Problem(Reason.POD_NAME_TAKEN, taken(there)));
    }
  }

  /**
   * Takes a pod away, unless it has just changed: then it is looked at again.
   *
   * @param atOnce however it has changed, and without waiting for its node, which may never answer
   */
  void remove(Pod pod, boolean atOnce) {
    try {
      var named = client.resource(pod);
      var _ = atOnce ? named.withGracePeriod(0).delete() : named.lockResourceVersion().delete();
    } catch (KubernetesClientException e) {
      if (e.getCode() != HttpURLConnection.HTTP_CONFLICT) {
        throw e;
      }
    }
  }

  /** Whether a pod belongs to a Synthesis, and not to somebody else or to one of the same name. */
  static boolean isOf(HasMetadata pod, Synthesis synthesis) {
    return pod.getMetadata().getOwnerReferences().stream()
        .anyMatch(it -> it.getUid().equals(synthesis.getMetadata().getUid()));
  }

  private static String refusal(KubernetesClientException e) {
    String said = e.getStatus() == null ? null : e.getStatus().getMessage();
    return "the API server refuses the VM's pod, which is tried again: change what refuses it, such"
        + " as a quota, a LimitRange or a policy of the namespace; it says: "
        + (said == null ? e.getMessage() : said);
  }

  private static String taken(Pod other) {
    return "the VM's pod has to be called "
        + other.getMetadata().getName()
        + ", and there is one already that is not this Synthesis's: delete it";
  }
}
