package io.cloudlet.sidecar.agent;

import io.cloudlet.api.events.EventRecorder;
import io.cloudlet.api.v1alpha1.CloudletNode;
import io.cloudlet.api.v1alpha1.Synthesis;
import io.cloudlet.sidecar.agent.control.Placed;
import io.cloudlet.sidecar.agent.control.StatusReport;
import io.cloudlet.sidecar.agent.job.Backoff;
import io.cloudlet.sidecar.agent.job.JobListener;
import io.cloudlet.sidecar.agent.job.Jobs;
import io.cloudlet.sidecar.agent.job.Throttle;
import io.cloudlet.sidecar.agent.node.BaseInventory;
import io.cloudlet.sidecar.agent.node.NodeAbilities;
import io.cloudlet.sidecar.agent.node.NodeInventory;
import io.cloudlet.sidecar.agent.node.NodeLease;
import io.cloudlet.sidecar.agent.node.NodeReconciler;
import io.cloudlet.sidecar.agent.node.NodeRegistration;
import io.cloudlet.sidecar.agent.node.OwnInventory;
import io.cloudlet.sidecar.agent.node.WantedBases;
import io.cloudlet.sidecar.agent.synthesis.Syntheses;
import io.cloudlet.sidecar.agent.synthesis.SynthesisReconciler;
import io.cloudlet.sidecar.agent.vm.OwnedVms;
import io.cloudlet.sidecar.agent.vm.Qemu;
import io.cloudlet.sidecar.node.DataDirectory;
import io.cloudlet.sidecar.node.Leftovers;
import io.cloudlet.sidecar.store.HttpAccess;
import io.fabric8.kubernetes.client.KubernetesClient;
import java.io.IOException;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Makes the parts of an agent and knows in which order they start and end. */
final class AgentParts implements AutoCloseable {
  private static final Logger LOG = LoggerFactory.getLogger(AgentParts.class);
  private static final Duration DEBOUNCE = Duration.ofSeconds(1);
  private static final Backoff BACKOFF = new Backoff(Duration.ofSeconds(1), Duration.ofMinutes(5));
  private static final int HEAVY_JOBS = 1;

  private final ScheduledExecutorService clock =
      Executors.newSingleThreadScheduledExecutor(
          Thread.ofPlatform().daemon().name("agent clock").factory());
  private final Placed<CloudletNode> node = new Placed<>();
  private final Placed<Synthesis> syntheses = new Placed<>();
  private final Jobs jobs = new Jobs(HEAVY_JOBS, BACKOFF, JobListener.NONE);
  private final Throttle nodeChanged = new Throttle(node::wakeAll, DEBOUNCE, clock);
  private final Qemu qemu;
  private final DataDirectory data;
  private final NodeRegistration registration;
  private final NodeLease lease;
  private final Controllers controllers;

  AgentParts(AgentConfig config, KubernetesClient client) throws IOException {
    qemu = new Qemu(config.qemu());
    data = DataDirectory.open(config.data(), "agent of node " + config.node());
    Leftovers.clear(data).forEach(LOG::info);
    registration = new NodeRegistration(client, config.node(), config.labels(), node);
    lease =
        new NodeLease(client, config.leaseNamespace(), config.node(), registration::registerAgain);
    NodeAbilities abilities =
        new NodeAbilities(qemu, data.root().resolve("cache"), config.accelerator());
    WantedBases wanted =
        new WantedBases(
            data, jobs, new PackageTransfer(data, HttpAccess.ANONYMOUS), this::basesChanged);
    EventRecorder events = new EventRecorder(client, "cloudlet.io/agent", config.node());
    controllers = new Controllers(client, config.node());
    controllers.node(new NodeReconciler(node, abilities, wanted, inventory(config, wanted)));
    controllers.synthesis(synthesis(config, abilities, wanted, events));
  }

  private List<NodeInventory> inventory(AgentConfig config, WantedBases wanted) {
    return List.of(
        new OwnInventory(config.memoryBytes(), new OwnedVms(data)),
        new BaseInventory(data, wanted, new BaseSizes()));
  }

  private SynthesisReconciler synthesis(
      AgentConfig config, NodeAbilities abilities, WantedBases wanted, EventRecorder events)
      throws IOException {
    return new Syntheses(
            data,
            qemu,
            syntheses,
            jobs,
            new LocalOverlays(data, HttpAccess.ANONYMOUS),
            abilities::require,
            wanted::state,
            _ -> nodeChanged.call(),
            new StatusReport(events, "Synthesize"),
            config.vmHost(),
            (_, _) -> {})
        .reconciler();
  }

  private void basesChanged() {
    nodeChanged.call();
    syntheses.wakeAll();
  }

  void start() {
    registration.register();
    lease.start();
    controllers.start();
  }

  @Override
  public void close() {
    lease.close();
    jobs.close();
    controllers.close();
    clock.shutdownNow();
  }
}
