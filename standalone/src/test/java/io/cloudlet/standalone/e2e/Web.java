package io.cloudlet.standalone.e2e;

import com.sun.net.httpserver.HttpServer;
import com.sun.net.httpserver.SimpleFileServer;
import io.cloudlet.sidecar.image.Digest;
import java.io.IOException;
import java.io.InputStream;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.concurrent.Executors;
import java.util.concurrent.atomic.AtomicInteger;

/** A server of images and packages, with some that do not behave. */
final class Web implements AutoCloseable {
  private static final int BACKLOG = 50;

  private final Path files;
  private final HttpServer server;
  private final ServerSocket silent;

  /** How often the file that is not there has been asked for. */
  final AtomicInteger missingAsked = new AtomicInteger();

  /** Over a folder, at an address of this host. */
  Web(Path folder, InetAddress host) throws IOException {
    files = Files.createDirectories(folder).toRealPath();
    InetSocketAddress any = new InetSocketAddress(host, 0);
    server = HttpServer.create(any, BACKLOG);
    server.setExecutor(Executors.newVirtualThreadPerTaskExecutor());
    server.createContext("/", SimpleFileServer.createFileHandler(files));
    server.createContext(
        "/missing",
        exchange -> {
          missingAsked.incrementAndGet();
          exchange.sendResponseHeaders(404, -1);
          exchange.close();
        });
    server.createContext(
        "/truncated/",
        exchange -> {
          byte[] all = bytes(exchange.getRequestURI().getPath());
          exchange.sendResponseHeaders(200, all.length);
          exchange.getResponseBody().write(all, 0, all.length / 2);
          exchange.getResponseBody().flush();
          exchange.getHttpContext(); // The connection is cut with the exchange.
          exchange.close();
        });
    server.createContext(
        "/corrupted/",
        exchange -> {
          byte[] all = bytes(exchange.getRequestURI().getPath());
          all[all.length / 2] ^= 1;
          exchange.sendResponseHeaders(200, all.length);
          exchange.getResponseBody().write(all);
          exchange.close();
        });
    server.start();
    silent = new ServerSocket(0, BACKLOG, host);
  }

  private byte[] bytes(String path) throws IOException {
    return Files.readAllBytes(files.resolve(path.substring(path.lastIndexOf('/') + 1)));
  }

  /** Makes a file available. */
  Path publish(Path file) throws IOException {
    Path published = files.resolve(file.getFileName());
    return Files.exists(published) ? published : Files.copy(file, published);
  }

  Path publish(String name, byte[] content) throws IOException {
    return Files.write(files.resolve(name), content);
  }

  String url(Path published) {
    return url("/" + published.getFileName());
  }

  String url(String path) {
    InetSocketAddress at = server.getAddress();
    return "http://" + at.getAddress().getHostAddress() + ":" + at.getPort() + path;
  }

  /** Connections are accepted here, and never answered. */
  String silentUrl() {
    return "http://127.0.0.1:" + silent.getLocalPort() + "/silent";
  }

  static String digest(Path file) throws IOException {
    MessageDigest sha256 = Digest.newSha256();
    byte[] buffer = new byte[1 << 20];
    try (InputStream in = Files.newInputStream(file)) {
      for (int n = in.read(buffer); n >= 0; n = in.read(buffer)) {
        sha256.update(buffer, 0, n);
      }
    }
    Arrays.fill(buffer, (byte) 0);
    return "sha256:" + HexFormat.of().formatHex(sha256.digest());
  }

  @Override
  public void close() throws IOException {
    server.stop(0);
    silent.close();
  }
}
