package io.cloudlet.standalone.bench;

import io.cloudlet.api.v1alpha1.CloudletNode;
import io.cloudlet.sidecar.bench.ResidentMemory;
import io.cloudlet.sidecar.node.Progress;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.dsl.base.PatchContext;
import io.fabric8.kubernetes.client.dsl.base.PatchType;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.stream.IntStream;

/**
 * What the watches of many agents cost an API server, and whether each agent hears of its own node
 * alone.
 *
 * @param client stays the caller's
 * @param server process of the API server
 * @param agents how many
 */
public record WatchBench(KubernetesClient client, long server, int agents, Progress progress) {
  private static final int OPENERS = 8;
  private static final Duration ARRIVAL = Duration.ofSeconds(5);

  /**
   * What was found.
   *
   * @param watches how many were opened
   * @param changes how many objects were changed, one of each node
   * @param events how many events came for that, over all watches
   * @param bytes memory of the API server that was not there before
   */
  public record Found(int watches, int changes, long events, long bytes) {}

  Found run() throws IOException {
    long before = anonymousBytes();
    try (NodeWatches watches = new NodeWatches();
        Progress.Stage _ = progress.begin("watching as agents do", 0)) {
      new Workers(OPENERS)
          .forEach(IntStream.range(0, agents), node -> watches.open(client, FakeNodes.name(node)));
      ControlPlaneBench.sleep(ARRIVAL);
      long known = watches.events();
      new Workers(OPENERS).forEach(IntStream.range(0, agents), this::change);
      ControlPlaneBench.sleep(ARRIVAL);
      return new Found(
          watches.count(), agents, watches.events() - known, anonymousBytes() - before);
    }
  }

  /** A label on a node: of all watches, the one of that node's agent has to hear of it. */
  private void change(int node) {
    client
        .resources(CloudletNode.class)
        .withName(FakeNodes.name(node))
        .patch(
            PatchContext.of(PatchType.JSON_MERGE),
            "{\"metadata\":{\"labels\":{\"example.org/changed\":\"" + node + "\"}}}");
  }

  private long anonymousBytes() throws IOException {
    Path status = Path.of("/proc", Long.toString(server), "status");
    return ResidentMemory.anonymousBytes(Files.readString(status));
  }
}
