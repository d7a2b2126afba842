package io.cloudlet.sidecar.store;

import java.time.Duration;

/**
 * How patient a reader of remote files is.
 *
 * @param connectTimeout longest wait for a connection
 * @param stallTimeout longest time in which fewer than {@link #LEAST_PROGRESS} bytes arrive before
 *     a request is given up
 * @param attempts requests without progress before an error is reported, at least 1
 * @param firstPause wait before the first repetition; doubles with each further one
 * @param longestPause bound of that wait, and of what a server's Retry-After may ask for
 * @param connections requests that run at the same time, at least 1
 * @param redirects redirections that one request follows, 0 for none
 */
public record HttpPolicy(
    Duration connectTimeout,
    Duration stallTimeout,
    int attempts,
    Duration firstPause,
    Duration longestPause,
    int connections,
    int redirects) {
  /** Fewer bytes than this are no progress: a server that drips must not hold a reader for ever. */
  public static final int LEAST_PROGRESS = 1024;

  /** For servers in the same country as well as for those in the same rack. */
  public static final HttpPolicy DEFAULT =
      new HttpPolicy(
          Duration.ofSeconds(10),
          Duration.ofSeconds(20),
          6,
          Duration.ofMillis(200),
          Duration.ofSeconds(5),
          4,
          5);

  /** Refuses what would never connect, never try or never wait. */
  public HttpPolicy {
    if (attempts < 1 || connections < 1 || redirects < 0) {
      throw new IllegalArgumentException(
          "no policy: attempts " + attempts + ", connections " + connections + ", " + redirects);
    }
    if (!connectTimeout.isPositive() || !stallTimeout.isPositive() || firstPause.isNegative()) {
      throw new IllegalArgumentException("timeouts are positive: " + connectTimeout);
    }
  }

  /** The wait after {@code failures} requests in a row without progress. */
  Duration pauseAfter(int failures) {
    Duration pause = firstPause.multipliedBy(1L << Math.min(failures - 1, 20));
    return pause.compareTo(longestPause) < 0 ? pause : longestPause;
  }
}
