package io.cloudlet.sidecar.qemu;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.cloudlet.sidecar.image.CloudletException;
import java.io.IOException;
import java.io.InterruptedIOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.atomic.AtomicLong;
import org.jspecify.annotations.Nullable;

/**
 * Speaks QMP with one QEMU, whoever started it.
 *
 * <p>Thread-safe: commands may overlap. A QMP socket serves one client at a time, so a second one
 * waits in {@link #connect} until the first closes or its timeout passes.
 */
public final class QmpClient implements AutoCloseable {
  /** For commands that QEMU answers at once. */
  public static final Duration DEFAULT_TIMEOUT = Duration.ofSeconds(30);

  private final Path socket;
  private final ObjectMapper json = new ObjectMapper();
  private final QmpConnection connection;
  private final CompletableFuture<JsonNode> greeting = new CompletableFuture<>();
  private final Map<Long, CompletableFuture<JsonNode>> pending = new ConcurrentHashMap<>();
  private final List<QmpEvents> subscriptions = new CopyOnWriteArrayList<>();
  private final AtomicLong ids = new AtomicLong();
  private volatile @Nullable IOException failure;

  private QmpClient(Path socket) throws IOException {
    this.socket = socket;
    this.connection = QmpConnection.open(socket, json);
  }

  /**
   * Connects and negotiates.
   *
   * @param timeout for the whole of it
   * @throws QemuGoneException when nobody listens
   * @throws QemuTimeoutException when QEMU does not greet, as when another client is connected
   */
  public static QmpClient connect(Path socket, Duration timeout) throws IOException {
    QmpClient client = new QmpClient(socket);
    try {
      Thread.ofVirtual().name("qmp " + socket).start(client::readAll);
      client.await(
          client.greeting,
          timeout,
          "QEMU did not answer on " + socket + " (is another program connected to it?)");
      client.execute("qmp_capabilities", Map.of(), timeout);
      return client;
    } catch (Throwable t) {
      client.close();
      throw t;
    }
  }

  /** The version of QEMU that answered. */
  public QemuVersion version() {
    JsonNode version = greeting.join().at("/QMP/version/qemu");
    return new QemuVersion(
        version.path("major").asInt(),
        version.path("minor").asInt(),
        version.path("micro").asInt());
  }

  /** Runs a command without arguments within {@link #DEFAULT_TIMEOUT}. */
  public JsonNode execute(String command) throws IOException {
    return execute(command, Map.of());
  }

  /** Runs a command within {@link #DEFAULT_TIMEOUT}. */
  public JsonNode execute(String command, Map<String, ?> arguments) throws IOException {
    return execute(command, arguments, DEFAULT_TIMEOUT);
  }

  /**
   * Runs a command and waits for its reply.
   *
   * @param arguments what Jackson turns into the command's JSON arguments
   * @return the {@code return} value
   * @throws QmpException when QEMU refuses
   * @throws QemuTimeoutException when no reply came; the command may still take effect
   * @throws QemuGoneException when the connection broke
   */
  public JsonNode execute(String command, Map<String, ?> arguments, Duration timeout)
      throws IOException {
    long id = ids.incrementAndGet();
    CompletableFuture<JsonNode> reply = new CompletableFuture<>();
    pending.put(id, reply);
    try {
      requireAlive();
      send(command, arguments, id);
      JsonNode message = await(reply, timeout, "QEMU did not answer " + command);
      JsonNode error = message.get("error");
      if (error != null) {
        throw new QmpException(command, error.path("class").asText(), error.path("desc").asText());
      }
      return message.path("return");
    } finally {
      pending.remove(id);
    }
  }

  /** Subscribes to events by name. */
  public QmpEvents events(String... names) {
    QmpEvents events = new QmpEvents(Set.of(names), subscriptions::remove);
    subscriptions.add(events);
    return events;
  }

  /** Closes the connection; commands that wait fail. */
  @Override
  public void close() throws IOException {
    connection.close();
  }

  private void send(String command, Map<String, ?> arguments, long id) throws IOException {
    ObjectNode message = json.createObjectNode().put("execute", command);
    if (!arguments.isEmpty()) {
      message.set("arguments", json.valueToTree(arguments));
    }
    try {
      connection.send(message.put("id", id));
    } catch (QemuGoneException e) {
      throw e;
    } catch (IOException e) {
      throw new QemuGoneException(
          "QEMU does not take "
              + command
              + " on "
              + socket
              + ": "
              + e.getMessage()
              + "; "
              + QemuLog.beside(socket).lastWords(),
          e);
    }
  }

  private void readAll() {
    try {
      JsonNode first = connection.receive();
      if (!first.has("QMP")) {
        throw new CloudletException(socket + " does not speak QMP");
      }
      greeting.complete(first);
      while (true) {
        dispatch(connection.receive());
      }
    } catch (IOException e) {
      // First the field, then those who wait: whoever comes between finds one or the other.
      failure = e;
      greeting.completeExceptionally(e);
      pending.values().forEach(reply -> reply.completeExceptionally(e));
    }
  }

  private void dispatch(JsonNode message) {
    if (message.has("event")) {
      subscriptions.forEach(events -> events.offer(message));
      return;
    }
    CompletableFuture<JsonNode> reply = pending.get(message.path("id").asLong());
    if (reply != null) {
      reply.complete(message);
    }
  }

  private JsonNode await(CompletableFuture<JsonNode> reply, Duration timeout, String failure)
      throws IOException {
    try {
      return reply.get(timeout.toNanos(), TimeUnit.NANOSECONDS);
    } catch (TimeoutException e) {
      throw new QemuTimeoutException(failure, timeout);
    } catch (ExecutionException e) {
      throw gone(e.getCause() == null ? e : e.getCause());
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new InterruptedIOException("interrupted while waiting for QEMU");
    }
  }

  private void requireAlive() throws IOException {
    IOException known = failure;
    if (known != null) {
      throw gone(known);
    }
  }

  private QemuGoneException gone(Throwable cause) {
    return new QemuGoneException(
        "QEMU on "
            + socket
            + " has ended: "
            + cause.getMessage()
            + "; "
            + QemuLog.beside(socket).lastWords(),
        cause);
  }
}
