package io.cloudlet.operator.leader;

import io.fabric8.kubernetes.api.model.coordination.v1.Lease;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.KubernetesClientException;
import io.fabric8.kubernetes.client.extended.leaderelection.LeaderCallbacks;
import io.javaoperatorsdk.operator.api.config.LeaderElectionConfiguration;
import java.time.Duration;
import java.util.Optional;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Being the one of several operators that works: the holder of a Lease. Whoever loses it has to
 * stop at once, because somebody else begins. Thread-safe.
 */
public final class Leadership {
  /** Name of the Lease. */
  public static final String LEASE = "cloudlet-operator";

  private static final Logger LOG = LoggerFactory.getLogger(Leadership.class);

  private final KubernetesClient client;
  private final String namespace;
  private final String identity;

  /** Nobody's yet; the client stays the caller's. */
  public Leadership(KubernetesClient client, String namespace, String identity) {
    this.client = client;
    this.namespace = namespace;
    this.identity = identity;
  }

  /**
   * How the framework is to elect.
   *
   * @param duration after which a silent leader is replaced
   * @param renewDeadline after which a leader that cannot renew gives up
   * @param retryPeriod between two tries
   * @param onLoss runs when this operator was the leader and is not any more
   */
  @SuppressWarnings("deprecation") // There is no other way to be without the exit.
  public LeaderElectionConfiguration configuration(
      Duration duration, Duration renewDeadline, Duration retryPeriod, Runnable onLoss) {
    // Without the exit: other parts of the process may have to end as well, and in their order.
    return new LeaderElectionConfiguration(
        LEASE,
        namespace,
        duration,
        renewDeadline,
        retryPeriod,
        identity,
        new LeaderCallbacks(() -> {}, onLoss, leader -> {}),
        false);
  }

  /** Gives it up, so that the next one need not wait until the Lease expires. */
  public void resign() {
    try {
      lease().filter(it -> identity.equals(it.getSpec().getHolderIdentity())).ifPresent(this::free);
    } catch (KubernetesClientException e) {
      LOG.atWarn()
          .addArgument(LEASE)
          .addArgument(e.getMessage())
          .log("Lease {} was not given up, the next leader waits until it expires: {}");
    }
  }

  private Optional<Lease> lease() {
    return Optional.ofNullable(client.leases().inNamespace(namespace).withName(LEASE).get());
  }

  /** With the version that was read: whoever has taken it meanwhile keeps it. */
  private void free(Lease lease) {
    lease.getSpec().setHolderIdentity("");
    Lease _ = client.resource(lease).lockResourceVersion().update();
  }
}
