package io.cloudlet.sidecar.guest;

import io.cloudlet.sidecar.image.CloudletException;
import java.io.IOException;
import java.net.UnixDomainSocketAddress;
import java.nio.ByteBuffer;
import java.nio.channels.SelectionKey;
import java.nio.channels.Selector;
import java.nio.channels.SocketChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * A shell on a guest's serial console, behind a Unix socket of QEMU. Someone has to be logged in.
 *
 * <p>Every call ends within its time. Not thread-safe. QEMU serves one client of a console at a
 * time: close this to let others in.
 */
public final class GuestConsole implements AutoCloseable {
  private static final int SHOWN = 2000;

  private final SocketChannel channel;
  private final Selector selector;
  private final StringBuilder received = new StringBuilder();
  private int commands;

  private GuestConsole(SocketChannel channel, Selector selector) {
    this.channel = channel;
    this.selector = selector;
  }

  /**
   * Connects.
   *
   * @param socket of the console, with a path of at most 107 bytes
   */
  public static GuestConsole open(Path socket) throws IOException {
    SocketChannel channel = SocketChannel.open(UnixDomainSocketAddress.of(socket));
    try {
      channel.configureBlocking(false);
      Selector selector = Selector.open();
      channel.register(selector, SelectionKey.OP_READ);
      return new GuestConsole(channel, selector);
    } catch (IOException | RuntimeException e) {
      channel.close();
      throw e;
    }
  }

  /**
   * Runs a line in the guest's shell and waits for its end.
   *
   * @return what it printed, with the shell's echo of the line before it
   * @throws CloudletException when it ends with another code than 0, with the end of what it
   *     printed, or does not end in time
   */
  public String run(String line, Duration timeout) throws IOException {
    commands++;
    // The echo of the line differs from what it prints: there the pieces have been joined.
    send(line + "; printf 'end-%s-%s.\\n' " + commands + " $?\n");
    Pattern end = Pattern.compile("end-" + commands + "-(\\d{1,3})\\.");
    long deadline = System.nanoTime() + timeout.toNanos();
    while (true) {
      Matcher found = end.matcher(received);
      if (found.find()) {
        String output = received.substring(0, found.start()).replace("\r", "");
        String code = found.group(1);
        received.delete(0, found.end());
        check(line, code, output);
        return output;
      }
      receive(line, timeout, deadline);
    }
  }

  @Override
  public void close() throws IOException {
    try (channel) {
      selector.close();
    }
  }

  private static void check(String line, String code, String output) throws CloudletException {
    if (!code.equals("0")) {
      throw new CloudletException(
          "in the guest, '" + line + "' ended with code " + code + "; it said: " + tail(output));
    }
  }

  private void receive(String line, Duration timeout, long deadline) throws IOException {
    long left = (deadline - System.nanoTime()) / 1_000_000;
    if (left <= 0) {
      throw new CloudletException(
          "in the guest, '"
              + line
              + "' did not end within "
              + timeout.toSeconds()
              + " s; the console's last words: "
              + tail(received.toString()));
    }
    selector.select(left);
    selector.selectedKeys().clear();
    ByteBuffer buffer = ByteBuffer.allocate(4096);
    int count = channel.read(buffer);
    if (count < 0) {
      throw new CloudletException(
          "the guest's console closed during '" + line + "'; see QEMU's log for why it ended");
    }
    received.append(StandardCharsets.ISO_8859_1.decode(buffer.flip()));
  }

  private void send(String text) throws IOException {
    ByteBuffer bytes = StandardCharsets.UTF_8.encode(text);
    while (bytes.hasRemaining()) {
      channel.write(bytes);
    }
  }

  private static String tail(String text) {
    String trimmed = text.strip();
    return trimmed.length() <= SHOWN ? trimmed : trimmed.substring(trimmed.length() - SHOWN);
  }
}
