package io.cloudlet.standalone.e2e;

import io.fabric8.kubernetes.api.model.ContainerStatus;
import io.fabric8.kubernetes.api.model.Pod;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.KubernetesClientException;

/**
 * What a cluster can tell of its state to whoever has to find out what went wrong.
 *
 * @param client the administrator's
 */
record Diary(KubernetesClient client) {
  private static final int LINES = 40;
  private static final int EVENTS = 40;

  /** Pods with the ends of their logs, and the latest events. */
  String tell() {
    StringBuilder all = new StringBuilder();
    for (Pod pod : client.pods().inAnyNamespace().list().getItems()) {
      tell(pod, all);
    }
    client.v1().events().inAnyNamespace().list().getItems().reversed().stream()
        .limit(EVENTS)
        .forEach(it ->
            all.append(it.getInvolvedObject().getKind())
                .append(' ')
                .append(it.getInvolvedObject().getName())
                .append(": ")
                .append(it.getReason())
                .append(": ")
                .append(it.getMessage())
                .append('\n'));
    return all.toString();
  }

  private void tell(Pod pod, StringBuilder all) {
    String name = pod.getMetadata().getNamespace() + "/" + pod.getMetadata().getName();
    all.append("---- ").append(name).append(' ').append(pod.getStatus().getPhase()).append('\n');
    for (ContainerStatus container : pod.getStatus().getContainerStatuses()) {
      all.append(container.getState()).append('\n');
      all.append(log(pod, container.getName())).append('\n');
    }
  }

  private String log(Pod pod, String container) {
    try {
      return client.pods().resource(pod).inContainer(container).tailingLines(LINES).getLog();
    } catch (KubernetesClientException e) {
      return "no log: " + e.getMessage();
    }
  }
}
