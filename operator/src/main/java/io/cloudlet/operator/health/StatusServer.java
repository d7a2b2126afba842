package io.cloudlet.operator.health;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.function.Supplier;

/**
 * Serves {@code /healthz}, {@code /readyz} and {@code /metrics}.
 *
 * <p>An API server that is away makes an operator unready, and not unhealthy: restarting it would
 * not bring the API server back.
 */
public final class StatusServer implements AutoCloseable {
  private static final int BACKLOG = 16;
  private static final int OK = 200;
  private static final int UNAVAILABLE = 503;

  /** What Prometheus asks for by default. */
  private static final String METRICS_TYPE = "text/plain; version=0.0.4; charset=utf-8";

  private final HttpServer server;
  private final ExecutorService threads;

  /**
   * Serves from now on.
   *
   * @param port 0 for any that is free
   * @param metrics in Prometheus' text format
   */
  public StatusServer(int port, Wellness wellness, Supplier<String> metrics) throws IOException {
    server = HttpServer.create(new InetSocketAddress(port), BACKLOG);
    threads = Executors.newVirtualThreadPerTaskExecutor();
    server.setExecutor(threads);
    server.createContext("/healthz", exchange -> tell(exchange, wellness.failures()));
    server.createContext("/readyz", exchange -> tell(exchange, wellness.lacks()));
    server.createContext("/metrics", exchange -> send(exchange, OK, METRICS_TYPE, metrics.get()));
    server.start();
  }

  /** The port on which it serves. */
  public int port() {
    return server.getAddress().getPort();
  }

  private static void tell(HttpExchange exchange, List<String> troubles) throws IOException {
    boolean well = troubles.isEmpty();
    String body = well ? "ok\n" : String.join("\n", troubles) + "\n";
    send(exchange, well ? OK : UNAVAILABLE, "text/plain; charset=utf-8", body);
  }

  private static void send(HttpExchange exchange, int code, String type, String body)
      throws IOException {
    try (exchange) {
      byte[] bytes = body.getBytes(StandardCharsets.UTF_8);
      exchange.getResponseHeaders().set("Content-Type", type);
      exchange.sendResponseHeaders(code, bytes.length);
      exchange.getResponseBody().write(bytes);
    }
  }

  @Override
  public void close() {
    server.stop(0);
    threads.shutdownNow();
  }
}
