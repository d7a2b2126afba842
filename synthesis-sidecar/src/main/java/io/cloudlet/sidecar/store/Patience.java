package io.cloudlet.sidecar.store;

import java.io.InterruptedIOException;
import java.time.Duration;
import java.util.concurrent.ThreadLocalRandom;

/** Decides after each failed request of one read whether and when there is another try. */
final class Patience {
  private final HttpPolicy policy;
  private final RemoteUrl url;
  private final FetchListener listener;
  private int failures;

  Patience(HttpPolicy policy, RemoteUrl url) {
    this(policy, url, FetchListener.NONE);
  }

  /** The listener hears of requests that bring nothing. */
  Patience(HttpPolicy policy, RemoteUrl url, FetchListener listener) {
    this.policy = policy;
    this.url = url;
    this.listener = listener;
  }

  /**
   * Waits before the next try.
   *
   * @param bytes how many the failed request brought: enough of them and counting begins anew
   * @param offset the next byte to ask for
   * @throws RemoteFileException when there were enough tries
   */
  void afterFailure(TransientException failure, long bytes, long offset)
      throws RemoteFileException, InterruptedIOException {
    failures = bytes >= HttpPolicy.LEAST_PROGRESS ? 1 : failures + 1;
    if (failures >= policy.attempts()) {
      throw new RemoteFileException(
          failure.reason(),
          url.toString(),
          offset,
          failure.getMessage()
              + ", "
              + failures
              + " times in a row; check the server and the network, then run the command again");
    }
    listener.failed(url.toString(), String.valueOf(failure.getMessage()));
    pause(longer(jittered(policy.pauseAfter(failures)), failure.wanted()));
  }

  private Duration longer(Duration pause, Duration wanted) {
    Duration bounded = wanted.compareTo(policy.longestPause()) < 0 ? wanted : policy.longestPause();
    return pause.compareTo(bounded) > 0 ? pause : bounded;
  }

  /** Clients that failed together shall not come back together. */
  private static Duration jittered(Duration pause) {
    long nanos = pause.toNanos();
    return Duration.ofNanos(nanos / 2 + ThreadLocalRandom.current().nextLong(nanos / 2 + 1));
  }

  private void pause(Duration pause) throws InterruptedIOException {
    try {
      Thread.sleep(pause);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new InterruptedIOException("reading " + url + " was cancelled");
    }
  }
}
