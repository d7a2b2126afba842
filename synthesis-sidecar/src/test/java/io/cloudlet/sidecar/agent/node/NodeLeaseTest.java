package io.cloudlet.sidecar.agent.node;

import static org.assertj.core.api.Assertions.assertThat;

import com.sun.net.httpserver.HttpServer;
import io.fabric8.kubernetes.client.ConfigBuilder;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.KubernetesClientBuilder;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Against a server that takes every lease, or none. */
@SuppressWarnings("NullAway.Init")
class NodeLeaseTest {
  private final AtomicInteger answer = new AtomicInteger(200);
  private final AtomicInteger asked = new AtomicInteger();
  private HttpServer server;
  private KubernetesClient client;

  @BeforeEach
  void start() throws IOException {
    server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 5);
    server.createContext(
        "/",
        exchange -> {
          byte[] lease = exchange.getRequestBody().readAllBytes();
          asked.incrementAndGet();
          exchange.getResponseHeaders().set("Content-Type", "application/json");
          exchange.sendResponseHeaders(answer.get(), lease.length);
          exchange.getResponseBody().write(lease);
          exchange.close();
        });
    server.start();
    client =
        new KubernetesClientBuilder()
            .withConfig(
                new ConfigBuilder()
                    .withAutoConfigure(false)
                    .withMasterUrl("http://127.0.0.1:" + server.getAddress().getPort())
                    .withRequestRetryBackoffLimit(0)
                    .build())
            .build();
  }

  @AfterEach
  void stop() {
    client.close();
    server.stop(0);
  }

  @Test
  void isRenewedWhateverBefallsWhatIsDoneAlongside() {
    try (NodeLease lease =
        new NodeLease(
            client,
            "system",
            "one",
            () -> {
              throw new NullPointerException("nothing is watched yet");
            })) {
      assertThat(lease.renew()).isTrue();
      assertThat(lease.renew()).isTrue();
      assertThat(asked).hasValue(2);
    }
  }

  @Test
  void isTriedAgainSoonWhenTheServerRefuses() {
    AtomicInteger alongside = new AtomicInteger();
    try (NodeLease lease = new NodeLease(client, "system", "one", alongside::incrementAndGet)) {
      answer.set(403);
      assertThat(lease.renew()).isFalse();
      assertThat(alongside).hasValue(0);
      answer.set(200);
      assertThat(lease.renew()).isTrue();
      assertThat(alongside).hasValue(1);
    }
  }
}
