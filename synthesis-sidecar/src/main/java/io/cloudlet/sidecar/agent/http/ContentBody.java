package io.cloudlet.sidecar.agent.http;

import com.sun.net.httpserver.HttpExchange;
import java.io.EOFException;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.util.concurrent.atomic.LongAdder;

/** Sends parts of files. Thread-safe. */
final class ContentBody {
  private static final int BUFFER = 128 << 10;

  private final SlowClients clients;
  private final LongAdder sent = new LongAdder();

  ContentBody(SlowClients clients) {
    this.clients = clients;
  }

  /** Bytes of files that have been sent since the beginning. */
  long sent() {
    return sent.sum();
  }

  /** Sends a head, and what it promises unless the request is HEAD. */
  void send(HttpExchange exchange, int status, FileChannel file, ByteRange.Slice slice)
      throws IOException {
    exchange.getResponseHeaders().set("Content-Type", "application/octet-stream");
    if (exchange.getRequestMethod().equals("HEAD") || slice.length() == 0) {
      exchange.getResponseHeaders().set("Content-Length", Long.toString(slice.length()));
      exchange.sendResponseHeaders(status, -1);
      return;
    }
    try (SlowClients.Sending sending = clients.begin()) {
      exchange.sendResponseHeaders(status, slice.length());
      copy(file, slice, exchange.getResponseBody(), sending);
    }
  }

  private void copy(
      FileChannel file, ByteRange.Slice slice, OutputStream out, SlowClients.Sending sending)
      throws IOException {
    byte[] bytes = new byte[(int) Math.min(BUFFER, slice.length())];
    long end = slice.offset() + slice.length();
    for (long at = slice.offset(); at < end; ) {
      ByteBuffer buffer = ByteBuffer.wrap(bytes, 0, (int) Math.min(bytes.length, end - at));
      int read = file.read(buffer, at);
      if (read < 0) {
        throw new EOFException("the file became shorter while it was sent");
      }
      out.write(bytes, 0, read);
      sent.add(read);
      sending.moved();
      at += read;
    }
  }
}
