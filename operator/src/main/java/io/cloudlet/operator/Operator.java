package io.cloudlet.operator;

import io.cloudlet.api.events.EventRecorder;
import io.cloudlet.operator.base.BaseVMReconciler;
import io.cloudlet.operator.cluster.Cluster;
import io.cloudlet.operator.health.StatusServer;
import io.cloudlet.operator.leader.Leadership;
import io.cloudlet.operator.metrics.OperatorMetrics;
import io.cloudlet.operator.node.CloudletNodeReconciler;
import io.cloudlet.operator.overlay.VMOverlayReconciler;
import io.cloudlet.operator.placement.Placer;
import io.cloudlet.operator.pod.VmPods;
import io.cloudlet.operator.status.Chronicle;
import io.cloudlet.operator.status.Own;
import io.cloudlet.operator.synthesis.SynthesisReconciler;
import io.fabric8.kubernetes.api.model.HasMetadata;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.javaoperatorsdk.operator.api.config.ConfigurationServiceOverrider;
import io.javaoperatorsdk.operator.api.reconciler.Reconciler;
import io.javaoperatorsdk.operator.processing.retry.GenericRetry;
import java.io.IOException;
import java.time.Clock;
import java.time.Duration;
import java.util.OptionalInt;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import org.jspecify.annotations.Nullable;

/**
 * The operator: decides where VMs go. Wires everything together; several may run in one process.
 */
public final class Operator implements AutoCloseable {
  private static final Duration FIRST_RETRY = Duration.ofSeconds(1);
  private static final Duration LONGEST_RETRY = Duration.ofMinutes(1);

  /** What a reconciliation that is under way gets to finish. */
  private static final Duration FINISHING = Duration.ofSeconds(5);

  private static final String LOST =
      "its Lease was not renewed in time: another operator is the leader now, or the API server does"
          + " not answer";

  private final OperatorConfig config;
  private final Cluster cluster;
  private final Leadership leadership;
  private final OperatorMetrics metrics = new OperatorMetrics();
  private final io.javaoperatorsdk.operator.Operator controllers;
  private final OperatorWellness wellness;
  private final CompletableFuture<Void> ended = new CompletableFuture<>();
  private @Nullable StatusServer server;
  private boolean closed;

  /**
   * An operator that does nothing yet.
   *
   * @param client stays the caller's
   */
  public Operator(OperatorConfig config, KubernetesClient client) {
    this.config = config;
    Clock clock = Clock.systemUTC();
    cluster = new Cluster(client, config.namespace(), clock);
    leadership = new Leadership(client, config.namespace(), config.identity());
    controllers = new io.javaoperatorsdk.operator.Operator(it -> configure(it, client));
    wellness = new OperatorWellness(cluster, controllers);
    metrics.count(cluster);
    var placer = new Placer(cluster, clock, metrics);
    var chronicle = new Chronicle(new EventRecorder(client, Own.CONTROLLER, config.identity()));
    register(new BaseVMReconciler(cluster, placer, chronicle));
    register(new VMOverlayReconciler(cluster, placer, chronicle));
    var pods = new VmPods(cluster, config.vmImage(), client, clock);
    register(new SynthesisReconciler(cluster, placer, pods, chronicle));
    register(new CloudletNodeReconciler(cluster, chronicle));
  }

  private void configure(ConfigurationServiceOverrider overrider, KubernetesClient client) {
    overrider
        .withKubernetesClient(client)
        .withCloseClientOnStop(false)
        .withConcurrentReconciliationThreads(config.threads())
        .withReconciliationTerminationTimeout(FINISHING)
        // An API server that is away at the start is waited for, as it is later on.
        .withStopOnInformerErrorDuringStartup(false)
        .withCacheSyncTimeout(config.syncTimeout())
        .withMetrics(metrics.controllers())
        .withInformerStoppedHandler((informer, error) -> fail("an informer has stopped", error));
    if (config.leaderElection()) {
      OperatorConfig.LeaseTimes times = config.lease();
      overrider.withLeaderElectionConfiguration(
          leadership.configuration(
              times.duration(),
              times.renewDeadline(),
              times.retryPeriod(),
              () -> fail(LOST, new IllegalStateException(LOST))));
    }
  }

  private <P extends HasMetadata> void register(Reconciler<P> reconciler) {
    var retry =
        new GenericRetry()
            .setInitialInterval(FIRST_RETRY)
            .setIntervalMultiplier(2)
            .setMaxInterval(LONGEST_RETRY.toMillis())
            .withoutMaxAttempts();
    var _ = controllers.register(reconciler, overrider -> overrider.withRetry(retry));
  }

  /**
   * Starts, and returns when everything is being watched; whether this operator works or waits for
   * its turn is decided later.
   *
   * @throws IOException when the port for health and metrics cannot be had
   */
  public synchronized void start() throws IOException, InterruptedException {
    if (config.port() >= 0) {
      server = new StatusServer(config.port(), wellness, metrics::text);
    }
    cluster.start(config.syncTimeout());
    controllers.start();
  }

  /** The port for health and metrics, while there is one. */
  public synchronized OptionalInt port() {
    StatusServer serves = server;
    return serves == null ? OptionalInt.empty() : OptionalInt.of(serves.port());
  }

  /**
   * Is completed when this operator has been closed, and exceptionally when it cannot go on: it was
   * the leader and is not any more, or cannot watch. What is left then is to close it.
   */
  public CompletionStage<Void> ended() {
    return ended.minimalCompletionStage();
  }

  private void fail(String why, @Nullable Throwable error) {
    if (error != null && ended.completeExceptionally(new IllegalStateException(why, error))) {
      wellness.fail(why);
    }
  }

  @Override
  public synchronized void close() {
    if (closed) {
      return;
    }
    closed = true;
    // First, so that what stops now is no failure.
    ended.complete(null);
    controllers.stop();
    if (config.leaderElection()) {
      leadership.resign();
    }
    cluster.close();
    if (server != null) {
      server.close();
    }
    metrics.close();
  }
}
