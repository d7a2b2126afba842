package io.cloudlet.sidecar.store;

import io.cloudlet.sidecar.store.RemoteFileException.Reason;
import java.io.IOException;
import java.net.http.HttpHeaders;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.util.Map;

/**
 * Fetches a whole file in one answer, from a server that does not answer by ranges. What breaks off
 * begins anew.
 */
final class WholeDownload {
  private final HttpTransport transport;
  private final HttpPolicy policy;
  private final RemoteUrl url;
  private final FetchListener listener;

  WholeDownload(HttpTransport transport, HttpPolicy policy, RemoteUrl url, FetchListener listener) {
    this.transport = transport;
    this.policy = policy;
    this.url = url;
    this.listener = listener;
  }

  /**
   * Replaces the content of a file; the caller closes it.
   *
   * @param file where the bytes go; it never grows beyond {@code limit}
   * @param limit most bytes that there is room for
   */
  void into(FileChannel file, long limit) throws IOException {
    Patience patience = new Patience(policy, url, listener);
    while (true) {
      file.truncate(0);
      Whole whole = new Whole(file, limit);
      try {
        transport.get(url, 0, Map.of("Accept-Encoding", "identity"), whole);
        whole.requireComplete();
        return;
      } catch (TransientException e) {
        // Starting anew is no progress, however far the last try came.
        patience.afterFailure(e, 0, whole.written);
      }
    }
  }

  /** One try. */
  private final class Whole implements ReplyBody.Handler, ReplyBody.Sink {
    private final FileChannel file;
    private final long limit;
    private volatile long announced = -1;
    private volatile long written;

    Whole(FileChannel file, long limit) {
      this.file = file;
      this.limit = limit;
    }

    @Override
    public ReplyBody.Sink accept(int status, HttpHeaders headers) throws IOException {
      if (status != 200) {
        throw Refusal.of(url, 0, status, headers);
      }
      if (RangeProbe.encoded(headers)) {
        throw new RemoteFileException(
            Reason.MISBEHAVING,
            url.toString(),
            0,
            "the server compresses what it was asked to send as it is; fetch the file in another"
                + " way and give its path");
      }
      announced = headers.firstValueAsLong("Content-Length").orElse(-1);
      requireRoom(announced);
      return this;
    }

    @Override
    public void write(ByteBuffer bytes) throws IOException {
      long end = written + bytes.remaining();
      requireRoom(end);
      while (bytes.hasRemaining()) {
        file.write(bytes);
      }
      written = end;
      listener.fetched(end, announced);
    }

    private void requireRoom(long bytes) throws RemoteFileException {
      if (bytes > limit) {
        throw new RemoteFileException(
            Reason.REFUSED,
            url.toString(),
            written,
            "the file has at least "
                + bytes
                + " bytes, there is room for "
                + limit
                + "; free some space");
      }
    }

    void requireComplete() throws TransientException {
      if (announced >= 0 && written != announced) {
        throw new TransientException(
            Reason.MISBEHAVING,
            "the answer ended after " + written + " of " + announced + " bytes");
      }
    }
  }
}
