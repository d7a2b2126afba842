package io.cloudlet.sidecar.store;

import io.cloudlet.sidecar.image.CloudletException;
import io.cloudlet.sidecar.store.RemoteFileException.Reason;
import java.io.IOException;
import java.io.InterruptedIOException;
import java.net.ConnectException;
import java.net.ProxySelector;
import java.net.http.HttpClient;
import java.net.http.HttpHeaders;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.ByteBuffer;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Executors;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import javax.net.ssl.SSLException;
import javax.net.ssl.SSLHandshakeException;
import org.jspecify.annotations.Nullable;

/**
 * Sends GET requests, at most so many at a time, and gives up on those whose bytes stop coming.
 *
 * <p>Follows redirections itself: the JDK's client would take the Authorization header along to
 * other hosts, and says nothing of circles. HTTP/1.1 because requests that run at the same time
 * shall have connections of their own. Thread-safe.
 */
final class HttpTransport implements AutoCloseable {
  private final HttpPolicy policy;
  private final HttpAccess access;
  private final HttpClient client;
  private final Semaphore connections;
  private volatile boolean closed;

  HttpTransport(HttpPolicy policy, HttpAccess access) {
    this.policy = policy;
    this.access = access;
    this.connections = new Semaphore(policy.connections());
    HttpClient.Builder builder =
        HttpClient.newBuilder()
            .version(HttpClient.Version.HTTP_1_1)
            .followRedirects(HttpClient.Redirect.NEVER)
            .proxy(ProxySelector.getDefault())
            .connectTimeout(policy.connectTimeout())
            .executor(Executors.newVirtualThreadPerTaskExecutor());
    access.tls().ifPresent(builder::sslContext);
    this.client = builder.build();
  }

  /**
   * Sends one request and passes the answer on; returns when the whole body has been passed on.
   *
   * @param offset byte that the request is about, for messages
   * @throws TransientException when another try may succeed
   * @throws IOException also what the handler and its sink throw
   */
  void get(RemoteUrl url, long offset, Map<String, String> headers, ReplyBody.Handler handler)
      throws IOException {
    acquire(url);
    try {
      RemoteUrl at = access.authorize(url);
      for (int hops = 0; ; hops++) {
        Redirection redirection = new Redirection(handler);
        exchange(at, headers, new ReplyBody(redirection));
        String location = redirection.location;
        if (location == null) {
          return;
        }
        at = follow(url, at, location, hops, offset);
      }
    } finally {
      connections.release();
    }
  }

  /** Fails what runs and what is sent from now on. */
  @Override
  public void close() {
    closed = true;
    client.shutdownNow();
  }

  private void acquire(RemoteUrl url) throws IOException {
    try {
      connections.acquire();
    } catch (InterruptedException e) {
      throw interrupted(url);
    }
  }

  private RemoteUrl follow(RemoteUrl first, RemoteUrl from, String location, int hops, long offset)
      throws CloudletException {
    if (hops >= policy.redirects()) {
      throw new RemoteFileException(
          Reason.REDIRECTED,
          first.toString(),
          offset,
          "redirected more than "
              + policy.redirects()
              + " times, last to "
              + from
              + "; give the URL of the file itself");
    }
    RemoteUrl next = from.follow(location);
    if (from.isSecure() && !next.isSecure()) {
      throw new RemoteFileException(
          Reason.REDIRECTED,
          first.toString(),
          offset,
          "redirected from https to http, to " + next + "; give that URL if you trust it");
    }
    return next;
  }

  private void exchange(RemoteUrl url, Map<String, String> headers, ReplyBody body)
      throws IOException {
    HttpRequest.Builder request = HttpRequest.newBuilder(url.uri()).GET();
    headers.forEach(request::header);
    url.authorization().ifPresent(value -> request.header("Authorization", value));
    if (closed) {
      throw new CloudletException(url + " is closed; nothing is read from it any more");
    }
    CompletableFuture<HttpResponse<@Nullable Void>> sent = client.sendAsync(request.build(), body);
    try {
      await(url, sent, body);
    } finally {
      body.stop();
      sent.cancel(true);
    }
  }

  private void await(
      RemoteUrl url, CompletableFuture<HttpResponse<@Nullable Void>> sent, ReplyBody body)
      throws IOException {
    long seen = 0;
    while (true) {
      try {
        sent.get(policy.stallTimeout().toNanos(), TimeUnit.NANOSECONDS);
        return;
      } catch (TimeoutException e) {
        if (body.count() - seen < HttpPolicy.LEAST_PROGRESS) {
          throw new TransientException(
              Reason.STALLED, "no bytes came for " + policy.stallTimeout().toMillis() + " ms");
        }
        seen = body.count();
      } catch (InterruptedException e) {
        throw interrupted(url);
      } catch (ExecutionException e) {
        throw body.failure().orElseGet(() -> failure(url, e.getCause()));
      }
    }
  }

  private IOException failure(RemoteUrl url, @Nullable Throwable cause) {
    if (closed) {
      return new CloudletException(url + " was closed while it was read");
    }
    if (cause != null && isRefusal(cause)) {
      return new CloudletException(
          url + " asks for another certificate of this client: " + cause.getMessage(), cause);
    }
    if (cause instanceof SSLHandshakeException) {
      return new CloudletException(
          url
              + " has no valid TLS certificate: "
              + cause.getMessage()
              + "; add its authority to the JDK's trust store",
          cause);
    }
    String name =
        cause == null
            ? "unknown"
            : cause instanceof ConnectException
                ? "no connection"
                : cause.getClass().getSimpleName();
    String message = cause == null || cause.getMessage() == null ? name : cause.getMessage();
    return new TransientException(Reason.UNREACHABLE, message);
  }

  /** The other side has ended the handshake, with or without a certificate of ours. */
  private static boolean isRefusal(Throwable cause) {
    String said = cause instanceof SSLException ? String.valueOf(cause.getMessage()) : "";
    return said.contains("Received fatal alert") && said.contains("certificate");
  }

  private static IOException interrupted(RemoteUrl url) {
    Thread.currentThread().interrupt();
    return new InterruptedIOException("reading " + url + " was cancelled");
  }

  /** Keeps a redirection's target; passes every other answer on. */
  private static final class Redirection implements ReplyBody.Handler {
    private static final long LONGEST_BODY = 1 << 20;

    private final ReplyBody.Handler handler;
    private long dropped;
    private volatile @Nullable String location;

    Redirection(ReplyBody.Handler handler) {
      this.handler = handler;
    }

    @Override
    public ReplyBody.Sink accept(int status, HttpHeaders headers) throws IOException {
      if (status >= 300 && status < 400 && headers.firstValue("Location").isPresent()) {
        location = headers.firstValue("Location").get();
        return this::drop;
      }
      return handler.accept(status, headers);
    }

    private void drop(ByteBuffer bytes) throws IOException {
      dropped += bytes.remaining();
      if (dropped > LONGEST_BODY) {
        throw new TransientException(Reason.MISBEHAVING, "a redirection with an endless body");
      }
    }
  }
}
