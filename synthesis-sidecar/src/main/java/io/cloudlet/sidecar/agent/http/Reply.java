package io.cloudlet.sidecar.agent.http;

import com.sun.net.httpserver.HttpExchange;
import java.io.IOException;
import java.nio.charset.StandardCharsets;

/** Short answers. */
final class Reply {
  private Reply() {}

  /**
   * A sentence as JSON, {@code {"error": "..."}}.
   *
   * @param sentence without quotes, backslashes and control characters
   */
  static void error(HttpExchange exchange, int status, String sentence) throws IOException {
    text(exchange, status, "application/json", "{\"error\": \"" + sentence + "\"}\n");
  }

  static void text(HttpExchange exchange, int status, String type, String text) throws IOException {
    byte[] bytes = text.getBytes(StandardCharsets.UTF_8);
    exchange.getResponseHeaders().set("Content-Type", type);
    if (exchange.getRequestMethod().equals("HEAD")) {
      exchange.getResponseHeaders().set("Content-Length", Integer.toString(bytes.length));
      exchange.sendResponseHeaders(status, -1);
      return;
    }
    exchange.sendResponseHeaders(status, bytes.length);
    exchange.getResponseBody().write(bytes);
  }
}
