package io.cloudlet.sidecar.agent;

import io.cloudlet.api.events.EventRecorder;
import io.cloudlet.api.v1alpha1.BaseVM;
import io.cloudlet.api.v1alpha1.CloudletNode;
import io.cloudlet.api.v1alpha1.Synthesis;
import io.cloudlet.api.v1alpha1.VMOverlay;
import io.cloudlet.sidecar.agent.base.Bases;
import io.cloudlet.sidecar.agent.cache.Discards;
import io.cloudlet.sidecar.agent.control.Placed;
import io.cloudlet.sidecar.agent.control.StatusReport;
import io.cloudlet.sidecar.agent.job.Backoff;
import io.cloudlet.sidecar.agent.job.Jobs;
import io.cloudlet.sidecar.agent.job.Throttle;
import io.cloudlet.sidecar.agent.node.BaseInventory;
import io.cloudlet.sidecar.agent.node.NodeAbilities;
import io.cloudlet.sidecar.agent.node.NodeKvm;
import io.cloudlet.sidecar.agent.node.NodeReconciler;
import io.cloudlet.sidecar.agent.node.OwnInventory;
import io.cloudlet.sidecar.agent.node.WantedBases;
import io.cloudlet.sidecar.agent.orphan.Wards;
import io.cloudlet.sidecar.agent.overlay.Overlays;
import io.cloudlet.sidecar.agent.synthesis.Syntheses;
import io.cloudlet.sidecar.agent.vm.OwnedVms;
import io.cloudlet.sidecar.agent.vm.Qemu;
import io.cloudlet.sidecar.device.KvmHealth;
import io.cloudlet.sidecar.image.Digest;
import io.cloudlet.sidecar.qemu.KvmDevice;
import io.fabric8.kubernetes.client.KubernetesClient;
import java.io.IOException;
import java.time.Duration;
import java.util.List;
import java.util.Set;
import java.util.concurrent.ScheduledExecutorService;
import java.util.stream.Collectors;

/** Puts together what an agent's controllers need; starts nothing. */
final class AgentParts {
  private static final Duration DEBOUNCE = Duration.ofSeconds(1);
  private static final Backoff BACKOFF = new Backoff(Duration.ofSeconds(1), Duration.ofMinutes(5));
  private static final int HEAVY_JOBS = 1;

  final Placed<CloudletNode> node = new Placed<>();
  final Jobs jobs;
  private final Placed<Synthesis> placedSyntheses = new Placed<>();
  private final Placed<VMOverlay> placedOverlays = new Placed<>();
  private final Placed<BaseVM> placedBases = new Placed<>();
  private final Throttle nodeChanged;
  private final AgentConfig config;
  private final NodeStore store;
  private final ContentAddress address;
  private final Qemu qemu;
  private final NodeAbilities abilities;
  private final WantedBases wanted;
  private final EventRecorder events;
  private final Syntheses syntheses;
  private final Overlays overlays;
  private final Bases bases;

  AgentParts(
      AgentConfig config,
      KubernetesClient client,
      NodeStore store,
      ContentAddress address,
      AgentMetrics metrics,
      ScheduledExecutorService clock) {
    this.config = config;
    this.store = store;
    this.address = address;
    jobs = new Jobs(HEAVY_JOBS, BACKOFF, metrics);
    nodeChanged = new Throttle(node::wakeAll, DEBOUNCE, clock);
    qemu = new Qemu(config.qemu());
    abilities = new NodeAbilities(qemu, store.data().root().resolve("cache"), config.accelerator());
    wanted =
        new WantedBases(
            store.data(),
            jobs,
            new WantedTransfer(store.transfer(), store.copies(), this::wantedBases),
            this::basesChanged);
    events = new EventRecorder(client, "cloudlet.io/agent", config.node());
    LocalOverlays places = new LocalOverlays(store.data(), store.overlays(), store.access());
    syntheses = syntheses(places);
    overlays = overlays(places);
    bases = bases();
  }

  private Syntheses syntheses(LocalOverlays places) {
    return new Syntheses(
        store.data(),
        qemu,
        placedSyntheses,
        jobs,
        places,
        abilities::require,
        wanted::state,
        _ -> vmSeen(),
        new StatusReport(events, "Synthesize"),
        config.vmHost(),
        config.pods(),
        new PreparedStarts(store.data(), jobs, places, nodeChanged::call));
  }

  private Overlays overlays(LocalOverlays places) {
    return new Overlays(
        store.data(),
        store.overlays(),
        placedOverlays,
        placedSyntheses,
        jobs,
        places,
        new StatusReport(events, "Capture"),
        address::get);
  }

  private Bases bases() {
    return new Bases(
        store.data(),
        qemu,
        abilities,
        store.access(),
        store.packages(),
        store.cache(),
        store.transfer(),
        store.copies(),
        placedBases,
        placedSyntheses,
        jobs,
        this::wantedBases,
        this::basesChanged,
        new StatusReport(events, "MakeBase"));
  }

  private Set<Digest> wantedBases() {
    return wanted.digests().stream().map(Digest::parse).collect(Collectors.toUnmodifiableSet());
  }

  private void basesChanged() {
    nodeChanged.call();
    placedSyntheses.wakeIf(it -> it.getStatus() == null || it.getStatus().vm() == null);
  }

  /** Captures may have waited for a VM, and the end of a base VM for the end of one. */
  private void vmSeen() {
    nodeChanged.call();
    placedOverlays.wakeIf(it -> it.getStatus() == null || it.getStatus().digest() == null);
    placedBases.wakeIf(it ->
        it.isMarkedForDeletion() || it.getStatus() == null || it.getStatus().digest() == null);
  }

  /** Gives controllers to those who run them. */
  void register(Controllers controllers) throws IOException {
    CacheInventory cache =
        new CacheInventory(store.data(), store.cache(), store.packages(), address);
    controllers.node(
        new NodeReconciler(
            node,
            abilities,
            this::hint,
            wanted,
            new UnneededCopies(
                jobs,
                new Discards(store.data(), store.cache(), store.copies()),
                new NodeNeeds(wanted, store.overlays(), bases, placedBases, placedSyntheses),
                nodeChanged::call),
            List.of(
                new OwnInventory(
                    config.memoryBytes(), config.pods() != null, new OwnedVms(store.data())),
                new BaseInventory(store.data(), wanted, cache),
                cache)));
    controllers.synthesis(syntheses.reconciler());
    controllers.overlay(overlays.reconciler());
    controllers.base(bases.reconciler());
  }

  /** Whether VMs can be run where they shall be; what to know of it. */
  private String hint() throws IOException {
    return config.pods() == null ? "" : config.pods().check(store.data().root());
  }

  /** Whether pods of this node may have KVM. */
  KvmHealth kvm() {
    return new NodeKvm(KvmDevice.OF_THIS_MACHINE, abilities);
  }

  /** All that was made for objects. */
  List<Wards> wards() {
    return List.of(syntheses::wards, overlays::wards, bases::wards);
  }
}
