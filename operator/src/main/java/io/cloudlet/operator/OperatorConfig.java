package io.cloudlet.operator;

import io.cloudlet.operator.pod.PodImage;
import java.time.Duration;
import org.jspecify.annotations.Nullable;

/**
 * How an operator runs.
 *
 * @param namespace where Leases are: its own for being the leader, and those of the agents
 * @param identity which operator this is, such as the name of its pod; unique
 * @param leaderElection whether several operators may run, of which one works
 * @param lease how long the leader may be silent, how long it tries to renew, and how often
 * @param port where health and metrics are served; 0 for any that is free, -1 for none
 * @param threads how many objects of one kind are worked on at the same time
 * @param syncTimeout how long to wait at the start until the API server has listed everything
 * @param vmImage what the pods of VMs are made of; absent when there are none
 */
public record OperatorConfig(
    String namespace,
    String identity,
    boolean leaderElection,
    LeaseTimes lease,
    int port,
    int threads,
    Duration syncTimeout,
    @Nullable PodImage vmImage) {
  /** The namespace that everything of Cloudlet is in, unless somebody says otherwise. */
  public static final String USUAL_NAMESPACE = "cloudlet-system";

  /** Checks what can be checked. */
  public OperatorConfig {
    if (namespace.isBlank() || identity.isBlank()) {
      throw new IllegalArgumentException("an operator needs a namespace and an identity");
    }
    if (port < -1 || port > 65535) {
      throw new IllegalArgumentException("port " + port + " is not one of -1 to 65535");
    }
    if (threads < 1) {
      throw new IllegalArgumentException("an operator needs at least one thread, not " + threads);
    }
  }

  /** An operator that is alone, without a port. */
  public static OperatorConfig alone(String namespace, String identity) {
    return new OperatorConfig(
        namespace, identity, false, LeaseTimes.USUAL, -1, 8, Duration.ofMinutes(1), null);
  }

  /** The same with a port for health and metrics. */
  public OperatorConfig withPort(int other) {
    return new OperatorConfig(
        namespace, identity, leaderElection, lease, other, threads, syncTimeout, vmImage);
  }

  /** The same as one of several. */
  public OperatorConfig withLeaderElection(LeaseTimes times) {
    return new OperatorConfig(
        namespace, identity, true, times, port, threads, syncTimeout, vmImage);
  }

  /** The same, which makes pods of VMs where nodes ask for them. */
  public OperatorConfig withVmImage(PodImage image) {
    return new OperatorConfig(
        namespace, identity, leaderElection, lease, port, threads, syncTimeout, image);
  }

  /**
   * Times of a Lease.
   *
   * @param duration after which a silent leader is replaced
   * @param renewDeadline after which a leader that cannot renew gives up; shorter
   * @param retryPeriod between two tries; shorter still
   */
  public record LeaseTimes(Duration duration, Duration renewDeadline, Duration retryPeriod) {
    /** What Kubernetes' own controllers have. */
    public static final LeaseTimes USUAL =
        new LeaseTimes(Duration.ofSeconds(15), Duration.ofSeconds(10), Duration.ofSeconds(2));

    /** Checks their order. */
    public LeaseTimes {
      if (duration.compareTo(renewDeadline) <= 0 || renewDeadline.compareTo(retryPeriod) <= 0) {
        throw new IllegalArgumentException(
            "duration, renewDeadline and retryPeriod have to be one shorter than the other");
      }
    }
  }
}
