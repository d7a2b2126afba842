package io.cloudlet.standalone.bench;

import io.cloudlet.api.v1alpha1.ObjectRef;
import io.cloudlet.api.v1alpha1.Synthesis;
import io.cloudlet.api.v1alpha1.SynthesisSpec;
import io.cloudlet.sidecar.image.CloudletException;
import io.cloudlet.sidecar.node.Progress;
import io.fabric8.kubernetes.api.model.ObjectMetaBuilder;
import io.fabric8.kubernetes.client.KubernetesClient;
import java.io.IOException;
import java.io.InterruptedIOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.function.BooleanSupplier;
import java.util.stream.IntStream;

/**
 * Puts a load on an operator: many syntheses at once, then a few one after another, then nothing.
 * For one thread.
 */
final class ControlPlaneBench {
  private static final int MAKERS = 16;
  private static final Duration PATIENCE = Duration.ofMinutes(30);
  private static final Duration POLL = Duration.ofMillis(250);

  /** Between two syntheses that come one after another. */
  private static final Duration TRICKLE = Duration.ofMillis(100);

  /** Until what has been set off by the last change has ended. */
  private static final Duration CALM = Duration.ofSeconds(20);

  private final KubernetesClient client;
  private final Load load;
  private final LoadedOperator operator;
  private final FakeAgents agents;
  private final Progress progress;

  ControlPlaneBench(
      KubernetesClient client,
      Load load,
      LoadedOperator operator,
      FakeAgents agents,
      Progress progress) {
    this.client = client;
    this.load = load;
    this.operator = operator;
    this.agents = agents;
    this.progress = progress;
  }

  /** What many syntheses at once have cost. */
  record Flood(double created, double ready, ServerRequests requests) {}

  /** Makes all syntheses, and returns when all of them are ready. */
  Flood flood() throws IOException {
    ServerRequests before = ServerRequests.read(client);
    long start = System.nanoTime();
    try (Progress.Stage _ = progress.begin("making syntheses", 0)) {
      new Workers(MAKERS)
          .forEach(
              IntStream.range(0, load.syntheses()),
              number -> create("flood-%05d".formatted(number)));
    }
    double created = secondsSince(start);
    try (Progress.Stage _ = progress.begin("waiting until they are ready", 0)) {
      await(() -> agents.ready() >= load.syntheses());
    }
    return new Flood(created, secondsSince(start), ServerRequests.read(client).since(before));
  }

  /**
   * Makes some more one after another, once what the others have set off has ended; how long each
   * was without a node.
   */
  Percentiles trickle() throws IOException {
    sleep(CALM);
    List<Long> waits = new ArrayList<>();
    List<Long> made = new ArrayList<>();
    try (Progress.Stage _ = progress.begin("making some more, one after another", 0)) {
      for (int number = 0; number < load.trickle(); number++) {
        made.add(System.nanoTime());
        create(trickled(number));
        sleep(TRICKLE);
      }
      int last = load.trickle() - 1;
      await(() -> IntStream.rangeClosed(0, last).allMatch(this::isPlaced));
    }
    for (int number = 0; number < load.trickle(); number++) {
      waits.add(agents.placed(trickled(number)).orElseThrow() - made.get(number));
    }
    return Percentiles.ofNanos(waits);
  }

  private static String trickled(int number) {
    return "trickle-%05d".formatted(number);
  }

  private boolean isPlaced(int number) {
    return agents.placed(trickled(number)).isPresent();
  }

  /** Does nothing, and counts what is asked of the API server all the same. */
  ServerRequests quiet() throws IOException {
    try (Progress.Stage _ = progress.begin("doing nothing", 0)) {
      sleep(CALM);
      ServerRequests before = ServerRequests.read(client);
      sleep(Duration.ofSeconds(load.quietSeconds()));
      return ServerRequests.read(client).since(before);
    }
  }

  private void create(String name) {
    Synthesis synthesis = new Synthesis();
    synthesis.setMetadata(
        new ObjectMetaBuilder().withNamespace(FakeBase.NAMESPACE).withName(name).build());
    synthesis.setSpec(
        new SynthesisSpec(
            new ObjectRef(FakeBase.NAME), null, null, null, null, null, null, List.of(), null));
    client.resource(synthesis).create();
  }

  private void await(BooleanSupplier done) throws IOException {
    long deadline = System.nanoTime() + PATIENCE.toNanos();
    while (!done.getAsBoolean()) {
      if (!operator.isAlive()) {
        throw new CloudletException("the operator has ended under the load; see its log");
      }
      if (System.nanoTime() > deadline) {
        throw new CloudletException(
            "after "
                + PATIENCE.toMinutes()
                + " minutes "
                + agents.ready()
                + " of "
                + load.syntheses()
                + " syntheses are ready");
      }
      sleep(POLL);
    }
  }

  static void sleep(Duration time) throws InterruptedIOException {
    try {
      Thread.sleep(time);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new InterruptedIOException("interrupted");
    }
  }

  static double secondsSince(long nanos) {
    return (System.nanoTime() - nanos) / 1e9;
  }
}
