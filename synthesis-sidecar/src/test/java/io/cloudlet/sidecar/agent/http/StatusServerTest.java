package io.cloudlet.sidecar.agent.http;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.Test;

class StatusServerTest {
  @Test
  void saysHowTheProcessIs() throws Exception {
    AtomicReference<Optional<String>> hindrance =
        new AtomicReference<>(Optional.of("the API server does not answer"));
    try (StatusServer server =
        StatusServer.start(
            new InetSocketAddress(InetAddress.getLoopbackAddress(), 0),
            Optional::empty,
            hindrance::get,
            () -> "jobs 3\n")) {
      RawRequest client = new RawRequest(server.address());
      assertThat(client.send("GET", "/healthz").text()).isEqualTo("ok\n");
      RawRequest.Answer notReady = client.send("GET", "/readyz");
      assertThat(notReady.status()).isEqualTo(503);
      assertThat(notReady.text()).isEqualTo("the API server does not answer\n");
      hindrance.set(Optional.empty());
      assertThat(client.send("GET", "/readyz").status()).isEqualTo(200);
      RawRequest.Answer metrics = client.send("GET", "/metrics");
      assertThat(metrics.header("Content-Type")).startsWith("text/plain; version=0.0.4");
      assertThat(metrics.text()).isEqualTo("jobs 3\n");
      assertThat(client.send("HEAD", "/metrics").body()).isEmpty();
      assertThat(client.send("GET", "/v1/overlays/x").status()).isEqualTo(404);
      assertThat(client.send("POST", "/healthz", "Content-Length: 0").status()).isEqualTo(405);
    }
  }
}
