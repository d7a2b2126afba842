package io.cloudlet.operator;

import io.cloudlet.api.events.EventRecorder;
import io.cloudlet.operator.base.BaseVMReconciler;
import io.cloudlet.operator.cluster.Cluster;
import io.cloudlet.operator.node.CloudletNodeReconciler;
import io.cloudlet.operator.overlay.VMOverlayReconciler;
import io.cloudlet.operator.placement.Placer;
import io.cloudlet.operator.status.Chronicle;
import io.cloudlet.operator.status.Own;
import io.cloudlet.operator.synthesis.SynthesisReconciler;
import io.fabric8.kubernetes.api.model.HasMetadata;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.javaoperatorsdk.operator.api.reconciler.Reconciler;
import io.javaoperatorsdk.operator.processing.retry.GenericRetry;
import java.time.Clock;
import java.time.Duration;

/**
 * The operator: decides where VMs go. Wires everything together; several may run in one process.
 */
public final class Operator implements AutoCloseable {
  private static final Duration FIRST_RETRY = Duration.ofSeconds(1);
  private static final Duration LONGEST_RETRY = Duration.ofMinutes(1);

  private final OperatorConfig config;
  private final Cluster cluster;
  private final io.javaoperatorsdk.operator.Operator controllers;

  /**
   * An operator that does nothing yet.
   *
   * @param client stays the caller's
   */
  public Operator(OperatorConfig config, KubernetesClient client) {
    this.config = config;
    Clock clock = Clock.systemUTC();
    cluster = new Cluster(client, config.namespace(), clock);
    var placer = new Placer(cluster, clock, (verdict, nanos) -> {});
    var chronicle = new Chronicle(new EventRecorder(client, Own.CONTROLLER, config.identity()));
    controllers =
        new io.javaoperatorsdk.operator.Operator(overrider ->
            overrider
                .withKubernetesClient(client)
                .withCloseClientOnStop(false)
                .withConcurrentReconciliationThreads(config.threads())
                .withStopOnInformerErrorDuringStartup(false)
                .withCacheSyncTimeout(config.syncTimeout()));
    register(new BaseVMReconciler(cluster, placer, chronicle));
    register(new VMOverlayReconciler(cluster, placer, chronicle));
    register(new SynthesisReconciler(cluster, placer, chronicle));
    register(new CloudletNodeReconciler(cluster));
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

  /** Starts, and returns when everything is being watched. */
  public void start() throws InterruptedException {
    cluster.start(config.syncTimeout());
    controllers.start();
  }

  @Override
  public void close() {
    controllers.stop();
    cluster.close();
  }
}
