package io.cloudlet.sidecar.guest;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.cloudlet.sidecar.image.CloudletException;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.time.Instant;

/**
 * The application of the small guest, over HTTP. Every call ends within its time. Thread-safe.
 *
 * <p>A base is captured before {@link #start}; what it creates is what an overlay carries.
 */
public final class GuestApplication implements AutoCloseable {
  private static final Duration CONNECT = Duration.ofSeconds(5);
  private static final Duration ATTEMPT = Duration.ofSeconds(3);
  private static final long PAUSE_MILLIS = 20;
  private static final ObjectMapper JSON = new ObjectMapper();

  private final InetSocketAddress address;
  private final Duration timeout;
  private final HttpClient client;

  /**
   * Talks to a port of this host.
   *
   * @param timeout how long one answer may take; a checksum takes seconds where QEMU translates
   */
  public GuestApplication(int hostPort, Duration timeout) {
    this(new InetSocketAddress(InetAddress.getLoopbackAddress(), hostPort), timeout);
  }

  /**
   * Talks to an address that leads to the guest.
   *
   * @param timeout how long one answer may take
   */
  public GuestApplication(InetSocketAddress address, Duration timeout) {
    this.address = address;
    this.timeout = timeout;
    this.client =
        HttpClient.newBuilder()
            .version(HttpClient.Version.HTTP_1_1)
            .connectTimeout(CONNECT)
            .build();
  }

  /** Starts the application and returns when its state exists; a second call changes nothing. */
  public ApplicationState start() throws CloudletException {
    HttpRequest request =
        request("start", timeout).POST(HttpRequest.BodyPublishers.noBody()).build();
    return exchange(request);
  }

  /** Everything, with checksums computed for this answer. */
  public ApplicationState state() throws CloudletException {
    return exchange(request("state", timeout).build());
  }

  /** Without the checksums: answers at once. */
  public ApplicationState pulse() throws CloudletException {
    return exchange(request("state?quick", timeout).build());
  }

  /** Asks for the {@link #pulse} until there is one. */
  public ApplicationState awaitPulse(Duration patience) throws CloudletException {
    Instant deadline = Instant.now().plus(patience);
    while (true) {
      try {
        return exchange(request("state?quick", ATTEMPT).build());
      } catch (CloudletException e) {
        if (Instant.now().isAfter(deadline) || Thread.currentThread().isInterrupted()) {
          throw e;
        }
      }
      pause();
    }
  }

  @Override
  public void close() {
    client.shutdownNow();
  }

  private HttpRequest.Builder request(String path, Duration limit) {
    String host = address.getAddress().getHostAddress();
    URI uri = URI.create("http://" + host + ":" + address.getPort() + "/cgi-bin/" + path);
    return HttpRequest.newBuilder(uri).timeout(limit);
  }

  private ApplicationState exchange(HttpRequest request) throws CloudletException {
    HttpResponse<String> response = send(request);
    if (response.statusCode() != 200) {
      throw new CloudletException(
          request.uri() + " answered " + response.statusCode() + ": " + response.body().strip());
    }
    try {
      return JSON.readValue(response.body(), ApplicationState.class);
    } catch (JsonProcessingException e) {
      throw new CloudletException(
          request.uri() + " answered what is not the application's state: " + response.body(), e);
    }
  }

  private HttpResponse<String> send(HttpRequest request) throws CloudletException {
    try {
      return client.send(request, HttpResponse.BodyHandlers.ofString());
    } catch (IOException e) {
      throw new CloudletException(
          "no answer from the guest's application at "
              + request.uri()
              + ": "
              + e
              + "; see the guest's console for what it does",
          e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new CloudletException("interrupted while waiting for " + request.uri(), e);
    }
  }

  private static void pause() throws CloudletException {
    try {
      Thread.sleep(PAUSE_MILLIS);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new CloudletException("interrupted while waiting for the guest's application", e);
    }
  }
}
