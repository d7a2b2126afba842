package io.cloudlet.sidecar.agent;

import io.cloudlet.api.v1alpha1.CloudletNode;
import io.cloudlet.api.v1alpha1.CloudletNodeStatus;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.KubernetesClientException;
import java.net.URI;
import java.time.Duration;
import java.util.HashSet;
import java.util.Set;

/**
 * Which origins are agents. They are asked for when one is to be fetched from, and not watched: a
 * thousand agents need not hear of each other all the time. Thread-safe.
 */
final class PeerAddresses {
  private static final Duration FRESH = Duration.ofSeconds(10);

  private final KubernetesClient client;
  private Set<URI> known = Set.of();
  private long asked = System.nanoTime() - FRESH.toNanos();

  PeerAddresses(KubernetesClient client) {
    this.client = client;
  }

  /** Whether an agent serves there; false also while the API server cannot be asked. */
  synchronized boolean contain(URI origin) {
    if (!known.contains(origin) && System.nanoTime() - asked >= FRESH.toNanos()) {
      refresh();
    }
    return known.contains(origin);
  }

  private void refresh() {
    try {
      Set<URI> found = new HashSet<>();
      for (CloudletNode node : client.resources(CloudletNode.class).list().getItems()) {
        CloudletNodeStatus status = node.getStatus();
        if (status != null && status.address() != null) {
          found.add(URI.create(status.address()));
        }
      }
      known = Set.copyOf(found);
      asked = System.nanoTime();
    } catch (KubernetesClientException | IllegalArgumentException e) {
      asked = System.nanoTime();
    }
  }
}
