package io.cloudlet.sidecar.cli;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.atomic.AtomicLong;

/** An HTTP server with one file, which can misbehave. */
final class FileServer implements AutoCloseable {
  private static final int PIECE = 4096;

  private final byte[] content;
  private final HttpServer server;
  private final ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor();
  private final AtomicLong left = new AtomicLong(Long.MAX_VALUE);
  private final CountDownLatch stalled = new CountDownLatch(1);
  private final CountDownLatch closed = new CountDownLatch(1);
  private volatile boolean breaks;
  private volatile boolean ranges = true;
  private volatile long surplus;
  private final AtomicLong requestsLeft = new AtomicLong(Long.MAX_VALUE);

  FileServer(Path file) throws IOException {
    content = Files.readAllBytes(file);
    server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
    server.setExecutor(threads);
    server.createContext("/", this::answer);
    server.start();
  }

  String url(String path) {
    return "http://127.0.0.1:" + server.getAddress().getPort() + path;
  }

  /** So many bytes more are sent; then every answer waits. */
  void stallAfter(long bytes) {
    left.set(bytes);
  }

  /** So many bytes more are sent; then connections break, and whatever is asked is not found. */
  void breakAfter(long bytes) {
    breaks = true;
    left.set(bytes);
  }

  void awaitStall() throws InterruptedException {
    stalled.await();
  }

  /** Sends whole files only. */
  void withoutRanges() {
    ranges = false;
  }

  /** Says that the file has so many bytes more; without ranges, sends so many bytes more. */
  void lieAboutLength(long bytes) {
    surplus = bytes;
  }

  /** So many more are answered; then another file has the name. */
  void changeAfter(int requests) {
    requestsLeft.set(requests);
  }

  private void answer(HttpExchange exchange) throws IOException {
    try (exchange) {
      if (breaks && left.get() <= 0) {
        exchange.sendResponseHeaders(404, -1);
        return;
      }
      String range = ranges ? exchange.getRequestHeaders().getFirst("Range") : null;
      int first = 0;
      int last = content.length - 1;
      String tag = requestsLeft.getAndDecrement() > 0 ? "first" : "second";
      exchange.getResponseHeaders().set("ETag", '"' + tag + '"');
      if (range != null) {
        String[] asked = range.split("[=-]", 3);
        first = Integer.parseInt(asked[1]);
        last = Math.min(last, Integer.parseInt(asked[2]));
        String said = "bytes " + first + "-" + last + "/" + (content.length + surplus);
        exchange.getResponseHeaders().set("Content-Range", said);
      }
      if (range == null) {
        last += (int) surplus;
      }
      exchange.sendResponseHeaders(range == null ? 200 : 206, last - first + 1);
      send(exchange.getResponseBody(), first, last);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  private void send(OutputStream out, int first, int last)
      throws IOException, InterruptedException {
    for (int at = first; at <= last; at += PIECE) {
      int length = Math.min(PIECE, last + 1 - at);
      if (left.addAndGet(-length) < 0) {
        stalled.countDown();
        if (breaks) {
          throw new IOException("the server goes away");
        }
        closed.await();
      }
      out.write(content, at, length);
    }
  }

  @Override
  public void close() {
    closed.countDown();
    server.stop(0);
    threads.close();
  }
}
