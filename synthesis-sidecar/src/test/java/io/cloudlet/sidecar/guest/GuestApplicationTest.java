package io.cloudlet.sidecar.guest;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import io.cloudlet.sidecar.image.CloudletException;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.concurrent.CountDownLatch;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class GuestApplicationTest {
  private static final String SUM = "ab".repeat(32);
  private static final String STATE =
      """
      {"started": true, "bootId": "b", "uptimeSeconds": 1.50, "counter": 3, "counterOnDisk": 2,
       "memoryChecksum": "%s", "memoryChecksumAtStart": "%s",
       "diskChecksum": "%s", "diskChecksumAtStart": "%s"}
      """;

  private final CountDownLatch release = new CountDownLatch(1);
  private HttpServer server;

  @BeforeEach
  void serve() throws IOException {
    server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
    server.setExecutor(task -> Thread.ofVirtual().start(task));
    server.start();
  }

  @AfterEach
  void stop() {
    release.countDown();
    server.stop(0);
  }

  private GuestApplication application(Duration timeout) {
    return new GuestApplication(server.getAddress().getPort(), timeout);
  }

  private void answer(String path, int code, String body) {
    server.createContext(path, exchange -> send(exchange, code, body));
  }

  private static void send(HttpExchange exchange, int code, String body) throws IOException {
    byte[] bytes = body.getBytes(StandardCharsets.UTF_8);
    exchange.sendResponseHeaders(code, bytes.length);
    exchange.getResponseBody().write(bytes);
    exchange.close();
  }

  @Test
  void readsTheState() throws CloudletException {
    answer("/cgi-bin/state", 200, String.format(STATE, SUM, SUM, SUM, SUM));
    try (GuestApplication application = application(Duration.ofMinutes(1))) {
      ApplicationState state = application.state();
      assertThat(state.isIntact()).isTrue();
      assertThat(state.counter()).isEqualTo(3);
      assertThat(state.uptimeSeconds()).isEqualTo(1.5);
    }
  }

  @Test
  void stateThatChangedIsNotIntact() throws CloudletException {
    answer("/cgi-bin/state", 200, String.format(STATE, SUM, "cd".repeat(32), SUM, SUM));
    try (GuestApplication application = application(Duration.ofMinutes(1))) {
      assertThat(application.state().isIntact()).isFalse();
    }
  }

  @Test
  void failureShowsTheGuestsReason() {
    answer("/cgi-bin/start", 500, "head: write error: No space left on device\n");
    try (GuestApplication application = application(Duration.ofMinutes(1))) {
      assertThatExceptionOfType(CloudletException.class)
          .isThrownBy(application::start)
          .withMessageContaining("500")
          .withMessageContaining("No space left");
    }
  }

  @Test
  void refusesWhatIsNoState() {
    answer("/cgi-bin/state", 200, "<html>");
    try (GuestApplication application = application(Duration.ofMinutes(1))) {
      assertThatExceptionOfType(CloudletException.class)
          .isThrownBy(application::state)
          .withMessageContaining("<html>");
    }
  }

  @Test
  void aGuestThatNeverAnswersEndsTheCall() {
    server.createContext(
        "/cgi-bin/state",
        exchange -> {
          try {
            release.await();
          } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
          }
        });
    try (GuestApplication application = application(Duration.ofMillis(100))) {
      assertThatExceptionOfType(CloudletException.class)
          .isThrownBy(application::state)
          .withMessageContaining("no answer");
    }
  }

  @Test
  void waitsNoLongerThanAsked() {
    server.stop(0);
    try (GuestApplication application = application(Duration.ofMinutes(1))) {
      assertThatExceptionOfType(CloudletException.class)
          .isThrownBy(() -> application.awaitPulse(Duration.ofMillis(50)))
          .withMessageContaining("no answer");
    }
  }
}
