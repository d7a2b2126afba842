package io.cloudlet.sidecar.qemu;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.cloudlet.sidecar.image.CloudletException;
import io.cloudlet.sidecar.image.PinnedFile;
import java.io.BufferedInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.net.StandardProtocolFamily;
import java.net.UnixDomainSocketAddress;
import java.nio.ByteBuffer;
import java.nio.channels.Channels;
import java.nio.channels.SocketChannel;
import java.nio.file.Path;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.locks.ReentrantLock;

/** JSON messages, one per line, over a Unix socket. One thread reads, any may write. */
final class QmpConnection implements AutoCloseable {
  /** The longest replies, lists of block nodes, have some ten kilobytes. */
  private static final int MAX_LINE = 16 << 20;

  private final Path socket;
  private final SocketChannel channel;
  private final InputStream in;
  private final ObjectMapper json;
  private final ReentrantLock writing = new ReentrantLock();

  private QmpConnection(Path socket, SocketChannel channel, ObjectMapper json) {
    this.socket = socket;
    this.channel = channel;
    this.in = new BufferedInputStream(Channels.newInputStream(channel), 1 << 16);
    this.json = json;
  }

  static QmpConnection open(Path socket, ObjectMapper json) throws IOException {
    SocketChannel channel = SocketChannel.open(StandardProtocolFamily.UNIX);
    try (PinnedFile there = PinnedFile.of(socket)) {
      channel.connect(UnixDomainSocketAddress.of(there.path()));
      return new QmpConnection(socket, channel, json);
    } catch (IOException e) {
      channel.close();
      throw new QemuGoneException(
          "no QEMU listens on "
              + socket
              + " ("
              + e.getMessage()
              + "); is the VM running? "
              + QemuLog.beside(socket).lastWords(),
          e);
    }
  }

  void send(JsonNode message) throws IOException {
    byte[] text = json.writeValueAsBytes(message);
    ByteBuffer line = ByteBuffer.allocate(text.length + 1).put(text).put((byte) '\n').flip();
    // An interrupt closes the channel that its thread writes to, and others need it to undo what
    // that thread did. So a thread writes that nobody interrupts, and this one waits for it.
    try {
      CompletableFuture.runAsync(() -> write(line), Thread::startVirtualThread).join();
    } catch (CompletionException e) {
      if (e.getCause() instanceof UncheckedIOException failure) {
        throw failure.getCause();
      }
      throw e;
    }
  }

  private void write(ByteBuffer line) {
    writing.lock();
    try {
      while (line.hasRemaining()) {
        channel.write(line);
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    } finally {
      writing.unlock();
    }
  }

  JsonNode receive() throws IOException {
    ByteArrayOutputStream line = new ByteArrayOutputStream(256);
    for (int c = in.read(); c != '\n'; c = in.read()) {
      if (c < 0) {
        throw new QemuGoneException("it closed the connection");
      }
      if (line.size() == MAX_LINE) {
        throw new CloudletException(socket + " sent a line of more than " + MAX_LINE + " bytes");
      }
      line.write(c);
    }
    return json.readTree(line.toByteArray());
  }

  @Override
  public void close() throws IOException {
    channel.close();
  }
}
