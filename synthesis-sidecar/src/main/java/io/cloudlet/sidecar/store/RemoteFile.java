package io.cloudlet.sidecar.store;

import io.cloudlet.sidecar.store.RemoteFileException.Reason;
import java.io.IOException;
import java.net.http.HttpHeaders;
import java.nio.ByteBuffer;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;

/**
 * One version of a remote file, read by ranges.
 *
 * <p>Every answer is held against the version that the first one showed. Thread-safe.
 */
final class RemoteFile {
  private final HttpTransport transport;
  private final HttpPolicy policy;
  private final RemoteUrl url;
  private final FileVersion version;

  RemoteFile(HttpTransport transport, HttpPolicy policy, RemoteUrl url, FileVersion version) {
    this.transport = transport;
    this.policy = policy;
    this.url = url;
    this.version = version;
  }

  RemoteUrl url() {
    return url;
  }

  FileVersion version() {
    return version;
  }

  /** Fills the buffer, in as many requests as it takes; each begins where the last one stopped. */
  void read(long offset, ByteBuffer destination) throws IOException {
    int start = destination.position();
    Patience patience = new Patience(policy, url);
    while (destination.hasRemaining()) {
      int before = destination.position();
      long at = offset + before - start;
      try {
        request(at, destination);
        requireProgress(before, destination);
      } catch (TransientException e) {
        int arrived = destination.position() - before;
        if (destination.hasRemaining()) {
          patience.afterFailure(e, arrived, at + arrived);
        }
      }
    }
  }

  private static void requireProgress(int before, ByteBuffer destination)
      throws TransientException {
    if (destination.position() == before) {
      throw new TransientException(Reason.MISBEHAVING, "the server sends empty answers");
    }
  }

  private void request(long offset, ByteBuffer destination) throws IOException {
    long last = offset + destination.remaining() - 1;
    transport.get(
        url,
        offset,
        headers(offset, last, version.ifRange()),
        (status, headers) -> accept(offset, last, status, headers, destination));
  }

  /** The headers of a request for a range, inclusive of {@code last}. */
  static Map<String, String> headers(long first, long last, Optional<String> ifRange) {
    Map<String, String> headers = new LinkedHashMap<>();
    headers.put("Range", "bytes=" + first + "-" + last);
    // Ranges of a compressed representation would be of other bytes.
    headers.put("Accept-Encoding", "identity");
    ifRange.ifPresent(value -> headers.put("If-Range", value));
    return headers;
  }

  private ReplyBody.Sink accept(
      long first, long last, int status, HttpHeaders headers, ByteBuffer destination)
      throws IOException {
    if (status == 200) {
      throw wholeFile(first, headers);
    }
    if (status != 206) {
      throw Refusal.of(url, first, status, headers);
    }
    ContentRange range =
        ContentRange.of(headers)
            .orElseThrow(() -> misbehaving(first, "a partial answer without a Content-Range"));
    if (range.first() != first || range.last() > last) {
      String asked = "bytes " + first + "-" + last + " were asked for, the answer holds ";
      throw misbehaving(first, asked + range.first() + "-" + range.last());
    }
    refuseOtherVersion(first, FileVersion.of(range.total(), headers));
    return new BoundedSink(url, first, range.last() - first + 1, destination);
  }

  /** A whole file instead of a range: If-Range did not match, or ranges are off all at once. */
  private IOException wholeFile(long offset, HttpHeaders headers) {
    long length = headers.firstValueAsLong("Content-Length").orElse(version.length());
    return version
        .differenceTo(FileVersion.of(length, headers))
        .map(difference -> changed(offset, difference))
        .orElseGet(() -> misbehaving(offset, "the server stopped to answer by ranges"));
  }

  private void refuseOtherVersion(long offset, FileVersion seen) throws RemoteFileException {
    Optional<String> difference = version.differenceTo(seen);
    if (difference.isPresent()) {
      throw changed(offset, difference.get());
    }
  }

  private RemoteFileException changed(long offset, String difference) {
    return new RemoteFileException(
        Reason.CHANGED,
        url.toString(),
        offset,
        "the file changed while it was read: " + difference + "; start again to read the new one");
  }

  private RemoteFileException misbehaving(long offset, String what) {
    return new RemoteFileException(
        Reason.MISBEHAVING,
        url.toString(),
        offset,
        what + "; fetch the file in another way and give its path");
  }
}
