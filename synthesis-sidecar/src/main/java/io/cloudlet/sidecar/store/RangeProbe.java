package io.cloudlet.sidecar.store;

import io.cloudlet.sidecar.image.CloudletException;
import java.io.IOException;
import java.net.http.HttpHeaders;
import java.nio.ByteBuffer;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Asks a server for the first byte of a file and sees from the answer what the server can do. */
final class RangeProbe {
  private final HttpTransport transport;
  private final HttpPolicy policy;
  private final RemoteUrl url;
  private final FetchListener listener;
  private volatile @Nullable FileVersion version;

  RangeProbe(HttpTransport transport, HttpPolicy policy, RemoteUrl url, FetchListener listener) {
    this.transport = transport;
    this.policy = policy;
    this.url = url;
    this.listener = listener;
  }

  /**
   * The file, when its server answers by ranges; empty when it sends whole files only.
   *
   * @throws IOException when there is no such file or no answer
   */
  Optional<RemoteFile> run() throws IOException {
    Patience patience = new Patience(policy, url, listener);
    while (true) {
      try {
        transport.get(url, 0, RemoteFile.headers(0, 0, Optional.empty()), this::accept);
        FileVersion seen = version;
        if (seen != null) {
          return Optional.of(new RemoteFile(transport, policy, url, seen));
        }
      } catch (WholeFileException e) {
        return Optional.empty();
      } catch (TransientException e) {
        patience.afterFailure(e, 0, 0);
      }
    }
  }

  private ReplyBody.Sink accept(int status, HttpHeaders headers) throws IOException {
    if (status == 200) {
      throw new WholeFileException();
    }
    if (status == 416) {
      throw new CloudletException(url + " is empty; check the URL");
    }
    if (status != 206) {
      throw Refusal.of(url, 0, status, headers);
    }
    Optional<ContentRange> range = ContentRange.of(headers).filter(found -> found.last() == 0);
    if (range.isEmpty() || encoded(headers)) {
      // Ranges that cannot be told from each other are none; the whole file may still be right.
      throw new WholeFileException();
    }
    version = FileVersion.of(range.get().total(), headers);
    return new BoundedSink(url, 0, 1, ByteBuffer.allocate(1));
  }

  static boolean encoded(HttpHeaders headers) {
    return headers
        .firstValue("Content-Encoding")
        .filter(value -> !value.equalsIgnoreCase("identity"))
        .isPresent();
  }

  /** The server does not answer by ranges. */
  private static final class WholeFileException extends IOException {
    private static final long serialVersionUID = 1L;
  }
}
