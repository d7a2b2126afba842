package io.cloudlet.sidecar.store;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.CopyOnWriteArrayList;

/** An HTTP server that answers with whatever bytes a test wants; one request per connection. */
final class RawServer implements AutoCloseable {
  /** One request. */
  record Request(String target, Map<String, String> headers, int number) {
    String header(String name) {
      return headers.getOrDefault(name.toLowerCase(Locale.ROOT), "");
    }

    /** First byte of the Range header. */
    long first() {
      return Long.parseLong(header("range").replaceAll("bytes=(\\d+)-.*", "$1"));
    }

    /** Last byte of the Range header, inclusive. */
    long last() {
      return Long.parseLong(header("range").replaceAll("bytes=\\d+-(\\d+)", "$1"));
    }
  }

  /** What a test answers. */
  interface Script {
    void answer(Request request, OutputStream out) throws IOException, InterruptedException;
  }

  final List<Request> requests = new CopyOnWriteArrayList<>();
  private final ServerSocket socket;
  private final Script script;

  RawServer(Script script) throws IOException {
    this.script = script;
    socket = new ServerSocket(0, 50, InetAddress.getLoopbackAddress());
    Thread.ofVirtual().start(this::acceptAll);
  }

  URI url(String path) {
    return URI.create("http://127.0.0.1:" + socket.getLocalPort() + path);
  }

  /** Writes a head; {@code lines} begins with the status line. */
  static void head(OutputStream out, String... lines) throws IOException {
    String text = String.join("\r\n", lines) + "\r\nConnection: close\r\n\r\n";
    out.write(text.getBytes(StandardCharsets.ISO_8859_1));
  }

  /** Answers a range request as a good server does. */
  static void range(Request request, OutputStream out, byte[] content, String... more)
      throws IOException {
    int first = (int) request.first();
    int last = (int) Math.min(request.last(), content.length - 1);
    rangeHead(out, first, last, content.length, last - first + 1, more);
    out.write(content, first, last - first + 1);
  }

  static void rangeHead(
      OutputStream out, long first, long last, long total, long length, String... more)
      throws IOException {
    String[] lines = new String[3 + more.length];
    lines[0] = "HTTP/1.1 206 Partial Content";
    lines[1] = "Content-Range: bytes " + first + "-" + last + "/" + total;
    lines[2] = "Content-Length: " + length;
    System.arraycopy(more, 0, lines, 3, more.length);
    head(out, lines);
  }

  @Override
  public void close() throws IOException {
    socket.close();
  }

  private void acceptAll() {
    while (!socket.isClosed()) {
      try {
        Socket connection = socket.accept();
        Thread.ofVirtual().start(() -> serve(connection));
      } catch (IOException e) {
        return;
      }
    }
  }

  private void serve(Socket connection) {
    try (connection;
        BufferedReader in =
            new BufferedReader(
                new InputStreamReader(connection.getInputStream(), StandardCharsets.ISO_8859_1))) {
      String first = in.readLine();
      if (first == null) {
        return;
      }
      Map<String, String> headers = new LinkedHashMap<>();
      for (String line = in.readLine(); line != null && !line.isEmpty(); line = in.readLine()) {
        int colon = line.indexOf(':');
        headers.put(
            line.substring(0, colon).toLowerCase(Locale.ROOT), line.substring(colon + 1).trim());
      }
      Request request;
      synchronized (requests) {
        request = new Request(first.split(" ", -1)[1], headers, requests.size());
        requests.add(request);
      }
      script.answer(request, connection.getOutputStream());
      connection.getOutputStream().flush();
    } catch (IOException e) {
      // The client hung up, as many tests make it do.
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }
}
