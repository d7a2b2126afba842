package io.cloudlet.standalone.bench;

import io.cloudlet.sidecar.bench.Goal;
import io.cloudlet.sidecar.node.Progress;
import io.cloudlet.standalone.cluster.AccountToken;
import io.cloudlet.standalone.cluster.Installation;
import io.cloudlet.standalone.kubernetes.ApiServer;
import io.cloudlet.standalone.kubernetes.Programs;
import io.cloudlet.standalone.kubernetes.ServerPort;
import io.fabric8.kubernetes.client.KubernetesClient;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.function.Consumer;

/**
 * The whole measurement, on an API server that is made for it.
 *
 * @param machine what it runs on, in words
 * @param folder empty; the API server's data and the operator's log come to lie in it
 * @param programs of the API server
 * @param load what is put on
 * @param progress shows the stages
 * @param say takes remarks
 */
public record ControlPlaneRun(
    String machine,
    Path folder,
    Programs programs,
    Load load,
    Progress progress,
    Consumer<String> say) {
  private static final String DURATION = "reconciliations_execution_duration_seconds";
  private static final String LEASES = "leases";
  private static final double MOST_HEAP = 512e6;
  private static final double LONGEST_RECONCILE = 1.0;
  private static final double MOST_QUIET_REQUESTS = 1.0;

  /** Measures; takes some minutes. */
  public ControlPlaneReport run() throws IOException {
    try (ApiServer server = ApiServer.start(folder.resolve("kubernetes"), programs, say);
        KubernetesClient client = server.administrator()) {
      Installation.Accounts accounts = new Installation(client).run();
      new FakeBase(client).create();
      String namespace = accounts.operator().getMetadata().getNamespace();
      try (Progress.Stage _ = progress.begin("making nodes", 0)) {
        new FakeNodes(client, namespace, load.nodes(), FakeBase.DIGEST).register(new Workers(16));
      }
      String token = new AccountToken(client, accounts.operator()).getToken();
      Path log = folder.resolve("operator.log");
      int port = new ServerPort(folder.resolve("operator-port"), say).choose();
      try (LoadedOperator operator = LoadedOperator.start(server.config(), token, log, port);
          FakeAgents agents = new FakeAgents(client)) {
        return measure(server, client, operator, agents);
      }
    }
  }

  private ControlPlaneReport measure(
      ApiServer server, KubernetesClient client, LoadedOperator operator, FakeAgents agents)
      throws IOException {
    ControlPlaneBench bench = new ControlPlaneBench(client, load, operator, agents, progress);
    try (HeapWatch heap = new HeapWatch(operator)) {
      ControlPlaneBench.Flood flood = bench.flood();
      Percentiles waits = bench.trickle();
      ServerRequests quiet = bench.quiet();
      double reconcile = LatencyHistogram.of(operator.read(), DURATION).quantile(0.99);
      long live = heap.afterCollection();
      WatchBench.Found watched =
          new WatchBench(client, server.pid(), Math.min(load.watchers(), load.nodes()), progress)
              .run();
      double perSecond = withoutLeases(quiet) / load.quietSeconds();
      return new ControlPlaneReport(
          machine,
          load,
          flood.created(),
          flood.ready(),
          flood.requests().writes() / load.syntheses(),
          reconcile,
          waits.at(0.5),
          waits.at(0.99),
          heap.peak(),
          live,
          quiet.byKind(),
          perSecond,
          watched,
          goals(heap.peak(), reconcile, waits.at(0.99), perSecond, watched));
    }
  }

  private static double withoutLeases(ServerRequests requests) {
    return requests.byKind().entrySet().stream()
        .filter(one -> !one.getKey().contains(LEASES))
        .mapToDouble(java.util.Map.Entry::getValue)
        .sum();
  }

  private static List<Goal> goals(
      long heap, double reconcile, double placed, double quiet, WatchBench.Found watched) {
    return List.of(
        new Goal("operator's heap", "at most 512 MB", mega(heap), heap <= MOST_HEAP),
        new Goal(
            "reconciliation, 99 of 100",
            "at most 1 s",
            seconds(reconcile),
            reconcile <= LONGEST_RECONCILE),
        new Goal(
            "from creation to a node, 99 of 100",
            "at most 1 s",
            seconds(placed),
            placed <= LONGEST_RECONCILE),
        new Goal(
            "requests while nothing is to be done",
            "below 1 per second",
            String.format(Locale.ROOT, "%.2f per second", quiet),
            quiet < MOST_QUIET_REQUESTS),
        new Goal(
            "events per change of a node, over all agents",
            "1",
            String.format(Locale.ROOT, "%.2f", (double) watched.events() / watched.changes()),
            watched.events() == watched.changes()));
  }

  private static String mega(long bytes) {
    return String.format(Locale.ROOT, "%.0f MB", bytes / 1e6);
  }

  private static String seconds(double seconds) {
    return String.format(Locale.ROOT, "%.3f s", seconds);
  }
}
