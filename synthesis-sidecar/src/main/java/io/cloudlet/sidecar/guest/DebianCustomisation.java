package io.cloudlet.sidecar.guest;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import io.cloudlet.sidecar.image.Digest;
import java.io.IOException;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * Installs the packages of a {@link DebianGuest} into the running guest and starts its services.
 *
 * <p>The guest fetches them over its user network from this process, so it needs no other network.
 */
public final class DebianCustomisation implements AutoCloseable {
  /** The host, as guests on QEMU's user network see it. */
  private static final String HOST = "10.0.2.2";

  private static final Duration WHOLE = Duration.ofMinutes(30);
  private static final GuestResources RESOURCES = new GuestResources("debian");
  private static final List<String> SCRIPTS =
      List.of("customise", "service.py", "live-state.service");

  private final HttpServer server;
  private final SortedMap<String, Path> packages;

  private DebianCustomisation(HttpServer server, SortedMap<String, Path> packages) {
    this.server = server;
    this.packages = packages;
  }

  /** Begins to serve the packages on a port of the loopback address. */
  public static DebianCustomisation of(DebianGuest guest) throws IOException {
    HttpServer server =
        HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
    DebianCustomisation customisation = new DebianCustomisation(server, number(guest.packages()));
    server.createContext("/", customisation::answer);
    server.setExecutor(task -> Thread.ofVirtual().start(task));
    server.start();
    return customisation;
  }

  /** Port of the loopback address at which the packages are served. */
  int port() {
    return server.getAddress().getPort();
  }

  /** A digest of what is done to the guest, packages aside. */
  public static Digest digest() {
    return RESOURCES.digest(SCRIPTS, List.of());
  }

  /**
   * Customises a guest and returns when its services answer; takes minutes.
   *
   * @param console the guest's shell
   */
  public void apply(GuestConsole console) throws IOException {
    String url = "http://" + HOST + ":" + port();
    console.run("wget -q -O /root/customise " + url + "/customise", Duration.ofMinutes(1));
    console.run("sh /root/customise " + url, WHOLE);
  }

  @Override
  public void close() {
    server.stop(0);
  }

  private void answer(HttpExchange exchange) throws IOException {
    try (exchange) {
      String name = exchange.getRequestURI().getPath().substring(1);
      if (name.equals("packages")) {
        send(exchange, String.join("\n", packages.keySet()).getBytes(StandardCharsets.UTF_8));
      } else if (SCRIPTS.contains(name)) {
        send(exchange, RESOURCES.read(name));
      } else if (packages.containsKey(name)) {
        send(exchange, Files.readAllBytes(packages.get(name)));
      } else {
        exchange.sendResponseHeaders(404, -1);
      }
    }
  }

  /** By plain names: those of the files have escapes such as %3a, at which apt-get stumbles. */
  private static SortedMap<String, Path> number(Path folder) throws IOException {
    List<Path> files = new ArrayList<>();
    try (DirectoryStream<Path> found = Files.newDirectoryStream(folder, "*.deb")) {
      found.forEach(files::add);
    }
    files.sort(null);
    SortedMap<String, Path> numbered = new TreeMap<>();
    for (Path file : files) {
      numbered.put(String.format(Locale.ROOT, "%04d.deb", numbered.size()), file);
    }
    return numbered;
  }

  private static void send(HttpExchange exchange, byte[] body) throws IOException {
    exchange.sendResponseHeaders(200, body.length);
    try (OutputStream out = exchange.getResponseBody()) {
      out.write(body);
    }
  }
}
