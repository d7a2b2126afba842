package io.cloudlet.sidecar.agent.http;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.util.Optional;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.function.Supplier;

/**
 * Says over HTTP how this process is: {@code /healthz}, {@code /readyz} and {@code /metrics}. For
 * probes and scrapers, which show no token: nothing secret is to be said here.
 */
public final class StatusServer implements AutoCloseable {
  /** The text format of Prometheus. */
  private static final String METRICS = "text/plain; version=0.0.4; charset=utf-8";

  private static final String TEXT = "text/plain; charset=utf-8";

  private final HttpServer server;
  private final ExecutorService threads;

  private StatusServer(HttpServer server, ExecutorService threads) {
    this.server = server;
    this.threads = threads;
  }

  /**
   * Starts to serve. The suppliers are asked by several threads, and answer within moments.
   *
   * @param address with port 0 for any that is free
   * @param illness why the process has to be started anew; empty when it lives
   * @param hindrance why it cannot work now; empty when it is ready
   * @param metrics in the text format of Prometheus
   */
  public static StatusServer start(
      InetSocketAddress address,
      Supplier<Optional<String>> illness,
      Supplier<Optional<String>> hindrance,
      Supplier<String> metrics)
      throws IOException {
    HttpServer http = Servers.create(address, ServerAccess.EVERYBODY);
    ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor();
    http.setExecutor(threads);
    http.createContext(
        "/",
        exchange -> {
          try (exchange) {
            answer(exchange, illness, hindrance, metrics);
          }
        });
    http.start();
    return new StatusServer(http, threads);
  }

  private static void answer(
      HttpExchange exchange,
      Supplier<Optional<String>> illness,
      Supplier<Optional<String>> hindrance,
      Supplier<String> metrics)
      throws IOException {
    if (!exchange.getRequestMethod().matches("GET|HEAD")) {
      exchange.getResponseHeaders().set("Allow", "GET, HEAD");
      Reply.error(exchange, 405, "this can be read only; use GET or HEAD");
      return;
    }
    switch (String.valueOf(exchange.getRequestURI().getRawPath())) {
      case "/healthz" -> say(exchange, illness.get());
      case "/readyz" -> say(exchange, hindrance.get());
      case "/metrics" -> Reply.text(exchange, 200, METRICS, metrics.get());
      default -> Reply.error(exchange, 404, "ask for /healthz, /readyz or /metrics");
    }
  }

  private static void say(HttpExchange exchange, Optional<String> trouble) throws IOException {
    Reply.text(exchange, trouble.isEmpty() ? 200 : 503, TEXT, trouble.orElse("ok") + "\n");
  }

  /** Where it listens. */
  public InetSocketAddress address() {
    return server.getAddress();
  }

  @Override
  public void close() {
    server.stop(0);
    threads.shutdownNow();
  }
}
