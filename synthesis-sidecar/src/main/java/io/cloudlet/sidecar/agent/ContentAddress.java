package io.cloudlet.sidecar.agent;

import io.cloudlet.sidecar.agent.http.ContentServer;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/** Under which URL others reach this node's overlays and packages. Thread-safe. */
final class ContentAddress {
  private final AgentNetwork network;
  private volatile @Nullable String url;

  ContentAddress(AgentNetwork network) {
    this.network = network;
  }

  /** Known from now on. */
  void serves(ContentServer server) {
    String scheme = network.tls() == null ? "http" : "https";
    String host = network.advertisedHost();
    String literal = host.contains(":") ? "[" + host + "]" : host;
    url = scheme + "://" + literal + ":" + server.address().getPort();
  }

  /** Such as {@code https://node-1:7443}. */
  String get() {
    return Objects.requireNonNull(url, "the server has not been started");
  }
}
