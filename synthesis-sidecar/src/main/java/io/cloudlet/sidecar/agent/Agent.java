package io.cloudlet.sidecar.agent;

import io.cloudlet.api.v1alpha1.BaseVM;
import io.cloudlet.api.v1alpha1.Synthesis;
import io.cloudlet.api.v1alpha1.VMOverlay;
import io.cloudlet.sidecar.agent.http.ContentServer;
import io.cloudlet.sidecar.agent.http.StatusServer;
import io.cloudlet.sidecar.agent.node.NodeLease;
import io.cloudlet.sidecar.agent.node.NodeRegistration;
import io.cloudlet.sidecar.agent.orphan.OrphanScan;
import io.cloudlet.sidecar.device.DevicePlugin;
import io.fabric8.kubernetes.client.CustomResource;
import io.fabric8.kubernetes.client.KubernetesClient;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.nio.file.Path;
import java.util.Objects;
import java.util.Optional;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.ScheduledFuture;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * This node's agent, all parts put together. VMs are processes of their own: they outlive it, and
 * the next agent of the node finds them again. Several agents may be in one process, over a data
 * directory each.
 */
public final class Agent implements AutoCloseable {
  private static final Logger LOG = LoggerFactory.getLogger(Agent.class);
  private static final long ORPHAN_MINUTES = 10;

  /** More than a node takes pods. */
  private static final int PODS_WITH_KVM = 1000;

  private final AgentConfig config;
  private final NodeStore store;
  private final ContentAddress address;
  private final AgentMetrics metrics = new AgentMetrics();
  private final ScheduledExecutorService clock =
      Executors.newSingleThreadScheduledExecutor(
          Thread.ofPlatform().daemon().name("agent clock").factory());
  private final AgentParts parts;
  private final NodeRegistration registration;
  private final NodeLease lease;
  private final Controllers controllers;
  private final OrphanScan orphans;
  private @Nullable ContentServer content;
  private @Nullable StatusServer status;
  private @Nullable DevicePlugin devices;
  private volatile boolean ready;

  /**
   * Opens the data directory, and puts right what an agent that died has left there.
   *
   * @param client stays the caller's
   */
  public Agent(AgentConfig config, KubernetesClient client) throws IOException {
    this.config = config;
    store = NodeStore.open(config, client);
    address = new ContentAddress(config.network());
    metrics.cache(store.cache());
    parts = new AgentParts(config, client, store, address, metrics, clock);
    registration = new NodeRegistration(client, config.node(), config.labels(), parts.node);
    lease = new NodeLease(client, config.leaseNamespace(), config.node(), this::registerAgain);
    controllers = new Controllers(client, config.node(), metrics.controllers());
    parts.register(controllers);
    orphans = new OrphanScan(client, config.node(), Agent::nodeOf, parts.wards());
  }

  /**
   * Serves what the node has, makes the node known and begins to work; returns when the controllers
   * watch.
   */
  public synchronized void start() throws IOException {
    content = store.serve(config);
    address.serves(content);
    status =
        StatusServer.start(
            config.network().status(), Optional::empty, this::hindrance, metrics::scrape);
    registration.register();
    lease.start();
    controllers.start();
    ready = true;
    ScheduledFuture<?> _ =
        clock.scheduleWithFixedDelay(this::lookForOrphans, 0, ORPHAN_MINUTES, TimeUnit.MINUTES);
    LOG.info(
        "the agent of node {} runs over {}, and serves at {}",
        config.node(),
        store.data().root(),
        address.get());
  }

  /**
   * Gives KVM to pods, where it works or was said to.
   *
   * @param folder the kubelet's for device plugins
   */
  public synchronized void serveDevices(Path folder) {
    devices = DevicePlugin.start(parts.kvm(), folder, PODS_WITH_KVM);
  }

  /** What the controllers do not watch yet would look as if somebody had deleted it. */
  private void registerAgain() {
    if (ready) {
      registration.registerAgain();
    }
  }

  private void lookForOrphans() {
    try {
      boolean _ = orphans.run();
    } catch (RuntimeException e) {
      LOG.warn("what belongs to nobody could not be looked for", e);
    }
  }

  private Optional<String> hindrance() {
    return ready ? Optional.empty() : Optional.of("the controllers do not watch yet");
  }

  private static @Nullable String nodeOf(CustomResource<?, ?> object) {
    return switch (object) {
      case Synthesis it -> it.getStatus() == null ? null : it.getStatus().node();
      case VMOverlay it -> it.getStatus() == null ? null : it.getStatus().node();
      case BaseVM it -> it.getStatus() == null ? null : it.getStatus().node();
      default -> null;
    };
  }

  /**
   * Where overlays and packages are served, such as {@code http://node-1:7443}; after the start.
   */
  public String contentUrl() {
    return address.get();
  }

  /** Where health and metrics are served; after the start. */
  public synchronized InetSocketAddress statusAddress() {
    return Objects.requireNonNull(status, "the agent has not been started").address();
  }

  /** Stops to work: jobs are undone, within half a minute. VMs run on. */
  @Override
  public synchronized void close() {
    ready = false;
    lease.close();
    clock.shutdownNow();
    if (devices != null) {
      devices.close();
    }
    parts.jobs.close();
    controllers.close();
    if (content != null) {
      content.close();
    }
    if (status != null) {
      status.close();
    }
    metrics.close();
  }
}
