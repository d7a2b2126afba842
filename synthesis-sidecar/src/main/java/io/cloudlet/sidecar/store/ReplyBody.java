package io.cloudlet.sidecar.store;

import java.io.IOException;
import java.net.http.HttpHeaders;
import java.net.http.HttpResponse.BodyHandler;
import java.net.http.HttpResponse.BodySubscriber;
import java.net.http.HttpResponse.ResponseInfo;
import java.nio.ByteBuffer;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.Flow.Subscription;
import org.jspecify.annotations.Nullable;

/**
 * Passes the body of one response on as it arrives, and counts it.
 *
 * <p>Written to by the HTTP client's threads, watched and stopped by the one that sent the request:
 * after {@link #stop} the sink is not touched any more, so that its buffer may be used for the next
 * try.
 */
final class ReplyBody implements BodyHandler<@Nullable Void>, BodySubscriber<@Nullable Void> {
  /** Decides by status and headers where a body goes. */
  interface Handler {
    /**
     * The sink of the body.
     *
     * @throws IOException when the body is not wanted: the request fails with it
     */
    Sink accept(int status, HttpHeaders headers) throws IOException;
  }

  /** Where the bytes go. */
  interface Sink {
    void write(ByteBuffer bytes) throws IOException;
  }

  private final Handler handler;
  private final CompletableFuture<@Nullable Void> done = new CompletableFuture<>();
  private @Nullable Sink sink;
  private @Nullable Subscription subscription;
  private @Nullable IOException failure;
  private boolean stopped;
  private long count;

  ReplyBody(Handler handler) {
    this.handler = handler;
  }

  @Override
  public synchronized BodySubscriber<@Nullable Void> apply(ResponseInfo info) {
    try {
      sink = handler.accept(info.statusCode(), info.headers());
    } catch (IOException e) {
      fail(e);
    }
    return this;
  }

  @Override
  public synchronized void onSubscribe(Subscription newSubscription) {
    subscription = newSubscription;
    if (stopped) {
      newSubscription.cancel();
    } else {
      newSubscription.request(1);
    }
  }

  @Override
  public synchronized void onNext(List<ByteBuffer> buffers) {
    try {
      for (ByteBuffer buffer : buffers) {
        if (stopped || sink == null) {
          return;
        }
        int arrived = buffer.remaining();
        sink.write(buffer);
        count += arrived;
      }
      if (subscription != null) {
        subscription.request(1);
      }
    } catch (IOException e) {
      fail(e);
    } catch (RuntimeException e) {
      // A bug in a sink must not look like a server that stopped sending.
      fail(new IOException(e));
    }
  }

  @Override
  public void onError(Throwable error) {
    done.completeExceptionally(error);
  }

  @Override
  public void onComplete() {
    done.complete(null);
  }

  @Override
  public CompletionStage<@Nullable Void> getBody() {
    return done;
  }

  /** Bytes that the sink took so far. */
  synchronized long count() {
    return count;
  }

  /** Ends the exchange; when this returns, the sink is not used any more. */
  synchronized void stop() {
    stopped = true;
    if (subscription != null) {
      subscription.cancel();
    }
  }

  /** What the handler or its sink threw. */
  synchronized Optional<IOException> failure() {
    return Optional.ofNullable(failure);
  }

  private void fail(IOException error) {
    failure = error;
    stop();
    done.completeExceptionally(error);
  }
}
