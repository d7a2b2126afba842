package io.cloudlet.operator.status;

import io.fabric8.kubernetes.client.KubernetesClientException;
import java.net.HttpURLConnection;
import java.util.Objects;
import java.util.Optional;

/** What to say of an error that nobody foresaw, and that is tried again. */
public final class Unexpected {
  private static final int LONGEST = 500;

  private Unexpected() {}

  /** A problem to write down; none where the API server is away, or somebody else wrote first. */
  public static Optional<Problem> problem(Exception error) {
    if (error instanceof KubernetesClientException api
        && (api.getCode() == 0 || api.getCode() == HttpURLConnection.HTTP_CONFLICT)) {
      return Optional.empty();
    }
    String cause = Objects.requireNonNullElse(error.getMessage(), error.getClass().getSimpleName());
    String line = cause.lines().findFirst().orElse("");
    String text = line.substring(0, Math.min(line.length(), LONGEST));
    return Optional.of(
        new Problem(
            Reason.RETRYING,
            "the operator could not do its part and tries again, less and less often: " + text));
  }
}
