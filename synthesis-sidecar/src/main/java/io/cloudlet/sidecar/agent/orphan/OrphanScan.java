package io.cloudlet.sidecar.agent.orphan;

import io.fabric8.kubernetes.client.CustomResource;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.KubernetesClientException;
import java.io.IOException;
import java.util.List;
import java.util.Objects;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Removes what belongs to nobody any more. A finalizer keeps an object until its agent has cleaned
 * up, so there is something only when somebody has taken the finalizer away, as after the loss of
 * the node. Nothing is removed unless the API server has just said of that very object that it is
 * gone, or another one, or another node's.
 */
public final class OrphanScan {
  private static final Logger LOG = LoggerFactory.getLogger(OrphanScan.class);

  private final KubernetesClient client;
  private final String node;
  private final Function<CustomResource<?, ?>, @Nullable String> nodeOf;
  private final List<Wards> wards;

  /**
   * For one node.
   *
   * @param nodeOf where an object is placed; null when it does not say
   */
  public OrphanScan(
      KubernetesClient client,
      String node,
      Function<CustomResource<?, ?>, @Nullable String> nodeOf,
      List<Wards> wards) {
    this.client = client;
    this.node = node;
    this.nodeOf = nodeOf;
    this.wards = List.copyOf(wards);
  }

  /**
   * Does it.
   *
   * @return whether the API server has answered all questions
   */
  public boolean run() {
    try {
      for (Wards kind : wards) {
        for (Ward ward : kind.list()) {
          if (isOrphan(ward)) {
            LOG.info("removing {}: {} is not this node's any more", ward.what(), object(ward));
            ward.end().run();
          }
        }
      }
      return true;
    } catch (KubernetesClientException e) {
      LOG.info("what belongs to nobody could not be looked for: {}", e.getMessage());
      return false;
    } catch (IOException e) {
      LOG.warn("what belongs to nobody could not be removed", e);
      return true;
    }
  }

  private boolean isOrphan(Ward ward) {
    CustomResource<?, ?> object =
        client.resources(ward.type()).inNamespace(ward.namespace()).withName(ward.name()).get();
    if (object == null || !ward.uid().equals(object.getMetadata().getUid())) {
      return true;
    }
    String placed = nodeOf.apply(object);
    return placed != null && !Objects.equals(placed, node);
  }

  private static String object(Ward ward) {
    return ward.type().getSimpleName() + " " + ward.namespace() + "/" + ward.name();
  }
}
