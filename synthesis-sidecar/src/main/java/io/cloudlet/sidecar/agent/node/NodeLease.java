package io.cloudlet.sidecar.agent.node;

import io.cloudlet.sidecar.agent.control.ControllerSettings;
import io.fabric8.kubernetes.api.model.coordination.v1.Lease;
import io.fabric8.kubernetes.api.model.coordination.v1.LeaseBuilder;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.KubernetesClientException;
import java.time.Duration;
import java.time.ZoneOffset;
import java.time.ZonedDateTime;
import java.util.concurrent.ThreadLocalRandom;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Tells that this node's agent lives, until it is closed. */
public final class NodeLease implements AutoCloseable {
  private static final Logger LOG = LoggerFactory.getLogger(NodeLease.class);
  private static final Duration RENEWAL = Duration.ofSeconds(15);
  private static final Duration RETRY = Duration.ofSeconds(2);
  private static final int DURATION_SECONDS = 60;

  /** Of the renewal's time: so that a thousand agents do not come all at once. */
  private static final double JITTER = 0.1;

  private final KubernetesClient client;
  private final String namespace;
  private final String node;
  private final Runnable alongside;
  private final ZonedDateTime since = now();
  private @Nullable Thread thread;
  private boolean failing;

  /**
   * Not renewed yet.
   *
   * @param namespace where the leases of agents are
   * @param node names the lease as well
   * @param alongside done with each renewal; what it throws is logged, and does no harm
   */
  public NodeLease(KubernetesClient client, String namespace, String node, Runnable alongside) {
    this.client = client;
    this.namespace = namespace;
    this.node = node;
    this.alongside = alongside;
  }

  /** Begins to renew it. */
  public synchronized void start() {
    thread = Thread.ofVirtual().name("lease of " + node).start(this::run);
  }

  private void run() {
    try {
      while (true) {
        boolean renewed = renew();
        double jitter = 1 + JITTER * (2 * ThreadLocalRandom.current().nextDouble() - 1);
        Thread.sleep((long) ((renewed ? RENEWAL : RETRY).toMillis() * jitter));
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  /** Renews it once; whether that went well. */
  boolean renew() {
    try {
      client
          .resource(lease())
          .fieldManager(ControllerSettings.FIELD_MANAGER)
          .forceConflicts()
          .serverSideApply();
      alongside.run();
      if (failing) {
        LOG.info("the lease of node {} is renewed again", node);
      }
      failing = false;
      return true;
    } catch (KubernetesClientException e) {
      if (!failing && !Thread.currentThread().isInterrupted()) {
        LOG.warn("the lease of node {} cannot be renewed: {}", node, e.getMessage());
      }
      failing = true;
      return false;
    } catch (RuntimeException e) {
      // A node whose lease ends is given up, with all its VMs: no fault may come as far as that.
      LOG.error("a fault beside the lease of node {}", node, e);
      return true;
    }
  }

  private Lease lease() {
    return new LeaseBuilder()
        .withNewMetadata()
        .withName(node)
        .withNamespace(namespace)
        .addToLabels("app.kubernetes.io/name", "cloudlet")
        .addToLabels("app.kubernetes.io/component", "agent")
        .endMetadata()
        .withNewSpec()
        .withHolderIdentity(node)
        .withLeaseDurationSeconds(DURATION_SECONDS)
        .withAcquireTime(since)
        .withRenewTime(now())
        .endSpec()
        .build();
  }

  private static ZonedDateTime now() {
    return ZonedDateTime.now(ZoneOffset.UTC);
  }

  /** Stops renewing it; it expires by itself, as VMs go on to run. */
  @Override
  public synchronized void close() {
    if (thread != null) {
      thread.interrupt();
    }
  }
}
