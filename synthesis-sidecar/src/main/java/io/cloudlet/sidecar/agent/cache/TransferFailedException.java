package io.cloudlet.sidecar.agent.cache;

import io.cloudlet.sidecar.image.CloudletException;
import io.cloudlet.sidecar.image.Digest;
import io.cloudlet.sidecar.store.RemoteFileException;
import java.util.List;

/** A base VM could not be had from any of its sources. */
public final class TransferFailedException extends CloudletException {
  private static final long serialVersionUID = 1L;
  private static final int NAMED = 5;

  private final boolean retryable;

  /**
   * Why one source failed.
   *
   * @param source its URL, without credentials
   */
  record Attempt(String source, Exception reason) {}

  /** Tells why each of them failed, in their order; every reason is a suppressed exception. */
  TransferFailedException(Digest base, List<Attempt> attempts) {
    super(message(base, attempts));
    attempts.forEach(attempt -> addSuppressed(attempt.reason()));
    retryable = attempts.isEmpty() || attempts.stream().anyMatch(a -> mayPass(a.reason()));
  }

  /** Whether it may succeed later without anybody changing anything. */
  public boolean isRetryable() {
    return retryable;
  }

  private static boolean mayPass(Exception reason) {
    return !(reason instanceof WrongBaseException)
        && !(reason instanceof RemoteFileException remote
            && remote.reason() == RemoteFileException.Reason.REFUSED);
  }

  private static String message(Digest base, List<Attempt> attempts) {
    if (attempts.isEmpty()) {
      return "base VM " + base + " is nowhere to be had; start a machine that holds it";
    }
    StringBuilder text = new StringBuilder("base VM " + base + " cannot be had");
    String separator = ": ";
    for (Attempt attempt : attempts.subList(0, Math.min(NAMED, attempts.size()))) {
      // Most reasons name their URL already.
      String reason = String.valueOf(attempt.reason().getMessage());
      boolean named = reason.contains(attempt.source());
      text.append(separator).append(named ? "" : attempt.source() + ": ").append(reason);
      separator = " | ";
    }
    int more = attempts.size() - NAMED;
    return more > 0
        ? text.append(" | and ").append(more).append(" more").toString()
        : text.toString();
  }
}
