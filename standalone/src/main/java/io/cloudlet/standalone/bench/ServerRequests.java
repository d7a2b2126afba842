package io.cloudlet.standalone.bench;

import io.fabric8.kubernetes.client.KubernetesClient;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Collectors;

/**
 * How many requests an API server has answered, by what they asked for. Watches, health checks and
 * the reading of these very numbers do not count.
 *
 * @param byKind such as {@code PATCH syntheses/status}
 */
record ServerRequests(Map<String, Double> byKind) {
  private static final String METRIC = "apiserver_request_total";

  /** Asks the server. */
  static ServerRequests read(KubernetesClient client) {
    PrometheusText text = new PrometheusText(client.raw("/metrics"));
    Map<String, Double> all =
        text.sums(
            METRIC,
            sample -> {
              String sub = sample.label("subresource");
              return sample.label("verb")
                  + " "
                  + sample.label("resource")
                  + (sub.isEmpty() || sub.startsWith("/") ? "" : "/" + sub);
            });
    all.keySet().removeIf(kind -> kind.startsWith("WATCH ") || kind.matches(".* (/.*)?"));
    return new ServerRequests(new TreeMap<>(all));
  }

  /** What came since an earlier reading, without what did not. */
  ServerRequests since(ServerRequests earlier) {
    return new ServerRequests(
        byKind.entrySet().stream()
            .map(one ->
                Map.entry(
                    one.getKey(), one.getValue() - earlier.byKind.getOrDefault(one.getKey(), 0.0)))
            .filter(one -> one.getValue() > 0)
            .collect(
                Collectors.toMap(
                    Map.Entry::getKey, Map.Entry::getValue, (a, b) -> a, TreeMap::new)));
  }

  /** Those that change something. */
  double writes() {
    return byKind.entrySet().stream()
        .filter(one -> !one.getKey().matches("(GET|LIST) .*"))
        .mapToDouble(Map.Entry::getValue)
        .sum();
  }

  /** All of them. */
  double total() {
    return byKind.values().stream().mapToDouble(Double::doubleValue).sum();
  }
}
