package io.cloudlet.standalone.bench;

import io.cloudlet.api.v1alpha1.Condition;
import io.cloudlet.api.v1alpha1.ConditionStatus;
import io.cloudlet.api.v1alpha1.Synthesis;
import io.cloudlet.api.v1alpha1.SynthesisPhase;
import io.cloudlet.api.v1alpha1.SynthesisStatus;
import io.cloudlet.api.v1alpha1.SynthesisStatusBuilder;
import io.fabric8.kubernetes.api.model.ObjectMetaBuilder;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.dsl.base.PatchContext;
import io.fabric8.kubernetes.client.dsl.base.PatchType;
import io.fabric8.kubernetes.client.informers.ResourceEventHandler;
import io.fabric8.kubernetes.client.informers.SharedIndexInformer;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Semaphore;

/**
 * The agents of all nodes, which run nothing: whatever is placed is Ready at once. Notes when each
 * synthesis was placed. Thread-safe.
 */
final class FakeAgents implements AutoCloseable {
  private static final PatchContext AS_AGENT =
      new PatchContext.Builder()
          .withPatchType(PatchType.SERVER_SIDE_APPLY)
          .withFieldManager("cloudlet-agent")
          .withForce(true)
          .build();

  /** What 1,000 agents would do at once, a single client does a few at a time. */
  private static final int AT_ONCE = 32;

  private final KubernetesClient client;
  private final ExecutorService patches = Executors.newVirtualThreadPerTaskExecutor();
  private final Semaphore places = new Semaphore(AT_ONCE);
  private final Map<String, Long> placed = new ConcurrentHashMap<>();
  private final Map<String, Long> ready = new ConcurrentHashMap<>();
  private final SharedIndexInformer<Synthesis> informer;

  /** Begins to watch; the client stays the caller's. */
  FakeAgents(KubernetesClient client) {
    this.client = client;
    this.informer = client.resources(Synthesis.class).inAnyNamespace().inform(new Handler());
  }

  private final class Handler implements ResourceEventHandler<Synthesis> {
    @Override
    public void onAdd(Synthesis synthesis) {
      look(synthesis);
    }

    @Override
    public void onUpdate(Synthesis before, Synthesis synthesis) {
      look(synthesis);
    }

    @Override
    public void onDelete(Synthesis synthesis, boolean unknown) {}
  }

  private void look(Synthesis synthesis) {
    SynthesisStatus status = synthesis.getStatus();
    if (status == null || status.node() == null) {
      return;
    }
    String name = synthesis.getMetadata().getName();
    placed.putIfAbsent(name, System.nanoTime());
    if (status.phase() == SynthesisPhase.READY) {
      ready.putIfAbsent(name, System.nanoTime());
    } else {
      patches.execute(() -> report(synthesis));
    }
  }

  private void report(Synthesis synthesis) {
    Synthesis patch = new Synthesis();
    patch.setMetadata(
        new ObjectMetaBuilder()
            .withNamespace(synthesis.getMetadata().getNamespace())
            .withName(synthesis.getMetadata().getName())
            .build());
    Long generation = synthesis.getMetadata().getGeneration();
    patch.setStatus(
        new SynthesisStatusBuilder()
            .observedGeneration(generation)
            .phase(SynthesisPhase.READY)
            .vm(synthesis.getMetadata().getName())
            .conditions(
                List.of(
                    Condition.found(
                        Condition.READY,
                        ConditionStatus.TRUE,
                        generation,
                        "GuestRuns",
                        "The guest runs.",
                        List.of())))
            .build());
    places.acquireUninterruptibly();
    try {
      client.resource(patch).subresource("status").patch(AS_AGENT, patch);
    } finally {
      places.release();
    }
  }

  /** When a synthesis was seen with a node, in nanoseconds of {@link System#nanoTime}. */
  Optional<Long> placed(String name) {
    return Optional.ofNullable(placed.get(name));
  }

  /** How many syntheses are ready. */
  int ready() {
    return ready.size();
  }

  @Override
  public void close() {
    informer.close();
    patches.shutdownNow();
  }
}
