package io.cloudlet.sidecar.agent.http;

import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.util.Map;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;

/**
 * Gives overlays and packages of base VMs away over HTTP(S), whole or by ranges: {@code GET} and
 * {@code HEAD} of {@code /v1/overlays/HEX} and {@code /v1/bases/HEX}. Runs until it is closed.
 */
public final class ContentServer implements AutoCloseable {
  private final HttpServer server;
  private final ExecutorService threads;
  private final SlowClients clients;
  private final ContentBody body;

  private ContentServer(HttpServer server, ExecutorService threads, SlowClients clients) {
    this.server = server;
    this.threads = threads;
    this.clients = clients;
    this.body = new ContentBody(clients);
  }

  /**
   * Starts to serve.
   *
   * @param address with port 0 for any that is free
   * @param overlays by root digest
   * @param bases packages by the digest of the base VM
   * @throws io.cloudlet.sidecar.image.CloudletException when the address is taken, or a file for
   *     TLS cannot be used
   */
  public static ContentServer start(
      InetSocketAddress address,
      Contents overlays,
      Contents bases,
      ServerAccess access,
      ServerLimits limits)
      throws IOException {
    HttpServer http = Servers.create(address, access);
    ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor();
    ContentServer server = new ContentServer(http, threads, new SlowClients(limits.stall()));
    Map<String, Contents> kinds = Map.of("overlays", overlays, "bases", bases);
    http.createContext("/", new ContentHandler(kinds, access.tokens(), limits, server.body));
    http.setExecutor(threads);
    http.start();
    return server;
  }

  /** Where it listens. */
  public InetSocketAddress address() {
    return server.getAddress();
  }

  /** Bytes of files that have been sent since the start. */
  public long sentBytes() {
    return body.sent();
  }

  /** Ends answers under way as well. */
  @Override
  public void close() {
    server.stop(0);
    threads.shutdownNow();
    clients.close();
  }
}
