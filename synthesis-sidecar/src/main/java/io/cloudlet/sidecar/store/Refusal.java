package io.cloudlet.sidecar.store;

import io.cloudlet.sidecar.store.RemoteFileException.Reason;
import java.io.IOException;
import java.net.http.HttpHeaders;
import java.time.Duration;

/** What an HTTP status that is not the wanted one means for the reader. */
final class Refusal {
  private Refusal() {}

  /** The error to report or, when it is a {@link TransientException}, to try again after. */
  static IOException of(RemoteUrl url, long offset, int status, HttpHeaders headers) {
    if (status == 408 || status == 425 || status == 429 || status >= 500) {
      return new TransientException(
          Reason.UNREACHABLE, "the server answers " + status, retryAfter(headers));
    }
    String what =
        switch (status) {
          case 401, 403 ->
              "the server asks for credentials ("
                  + status
                  + "); give a URL that carries them, or its token";
          case 404, 410 -> "the server has no such file (" + status + "); check the URL";
          case 416 -> "the server's file ends before this byte (416); it was replaced: start again";
          default -> "the server answers " + status + "; check the URL";
        };
    Reason reason = status == 416 ? Reason.CHANGED : Reason.REFUSED;
    return new RemoteFileException(reason, url.toString(), offset, what);
  }

  /** Seconds of a Retry-After header; a date in it is not worth parsing for a bounded wait. */
  private static Duration retryAfter(HttpHeaders headers) {
    String value = headers.firstValue("Retry-After").orElse("0");
    return value.matches("\\d{1,6}") ? Duration.ofSeconds(Long.parseLong(value)) : Duration.ZERO;
  }
}
