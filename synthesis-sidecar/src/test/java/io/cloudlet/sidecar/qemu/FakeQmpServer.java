package io.cloudlet.sidecar.qemu;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.StandardProtocolFamily;
import java.nio.ByteBuffer;
import java.nio.channels.Channels;
import java.nio.channels.ServerSocketChannel;
import java.nio.channels.SocketChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.Function;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Answers QMP commands with lines that a test makes from the command's line. */
final class FakeQmpServer implements AutoCloseable {
  static final String GREETING =
      """
      {"QMP": {"version": {"qemu": {"micro": 1, "minor": 2, "major": 9}}, "capabilities": []}}\
      """;

  private static final Pattern ID = Pattern.compile("\"id\":(\\d+)");

  final List<String> received = new CopyOnWriteArrayList<>();
  private final ServerSocketChannel server;

  /** The answer to a line may hold {@code $ID}; an empty one closes the connection. */
  FakeQmpServer(Path socket, String greeting, Function<String, String> answer) throws IOException {
    server = ServerSocketChannel.open(StandardProtocolFamily.UNIX);
    try (SocketPath path = SocketPath.of(socket)) {
      server.bind(path.address());
    }
    Thread.ofVirtual().start(() -> serve(greeting, answer));
  }

  static String ok(String line) {
    return "{\"return\": {}, \"id\": " + id(line) + "}";
  }

  static String id(String line) {
    Matcher matcher = ID.matcher(line);
    return matcher.find() ? matcher.group(1) : "0";
  }

  private void serve(String greeting, Function<String, String> answer) {
    try (SocketChannel client = server.accept()) {
      send(client, greeting);
      BufferedReader lines = new BufferedReader(Channels.newReader(client, StandardCharsets.UTF_8));
      for (String line = lines.readLine(); line != null; line = lines.readLine()) {
        received.add(line);
        String reply = line.contains("qmp_capabilities") ? ok(line) : answer.apply(line);
        if (reply.isEmpty()) {
          return;
        }
        send(client, reply.replace("$ID", id(line)));
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static void send(SocketChannel client, String text) throws IOException {
    client.write(ByteBuffer.wrap((text + "\n").getBytes(StandardCharsets.UTF_8)));
  }

  @Override
  public void close() throws IOException {
    server.close();
  }
}
