package io.cloudlet.sidecar.agent.http;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.net.SocketException;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Sends bytes as they are, and reads what comes until the server closes the connection. */
record RawRequest(InetSocketAddress server) {
  private static final int PATIENCE_MILLIS = 30_000;

  /** A head in characters, and the bytes behind it. */
  @SuppressWarnings("ArrayRecordComponent") // Looked at, never compared.
  record Answer(String head, byte[] body) {
    int status() {
      return head.startsWith("HTTP/1.1 ") ? Integer.parseInt(head.substring(9, 12)) : 0;
    }

    String header(String name) {
      Matcher line = Pattern.compile("(?im)^" + Pattern.quote(name) + ": *(.*?)\r?$").matcher(head);
      return line.find() ? line.group(1) : "";
    }

    String text() {
      return new String(body, StandardCharsets.UTF_8);
    }
  }

  Answer send(String method, String target, String... headers) throws IOException {
    StringBuilder text = new StringBuilder(method + " " + target + " HTTP/1.1\r\nHost: x\r\n");
    for (String header : headers) {
      text.append(header).append("\r\n");
    }
    return send(
        text.append("Connection: close\r\n\r\n").toString().getBytes(StandardCharsets.ISO_8859_1));
  }

  Answer send(byte[] bytes) throws IOException {
    try (Socket socket = open()) {
      try {
        socket.getOutputStream().write(bytes);
        socket.shutdownOutput();
      } catch (SocketException e) {
        // The server has seen enough.
      }
      return read(socket.getInputStream());
    }
  }

  Socket open() throws IOException {
    Socket socket = new Socket();
    socket.setReceiveBufferSize(16 << 10);
    socket.connect(server, PATIENCE_MILLIS);
    socket.setSoTimeout(PATIENCE_MILLIS);
    return socket;
  }

  private static Answer read(InputStream in) throws IOException {
    ByteArrayOutputStream all = new ByteArrayOutputStream();
    try {
      in.transferTo(all);
    } catch (SocketException e) {
      // Reset: what came before counts.
    }
    byte[] bytes = all.toByteArray();
    String text = new String(bytes, StandardCharsets.ISO_8859_1);
    int end = text.indexOf("\r\n\r\n");
    return end < 0
        ? new Answer(text, new byte[0])
        : new Answer(text.substring(0, end), Arrays.copyOfRange(bytes, end + 4, bytes.length));
  }
}
