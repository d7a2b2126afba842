package io.cloudlet.sidecar.store;

import java.io.IOException;
import java.net.URI;
import java.nio.ByteBuffer;
import java.util.Optional;

/**
 * The beginning of a remote file.
 *
 * @param bytes as many as were asked for, or all that there are; not to be changed
 * @param length bytes of the whole file
 */
@SuppressWarnings("ArrayRecordComponent") // Passed on, never compared.
public record HttpHead(byte[] bytes, long length) {
  /**
   * Fetches it; empty when the server sends whole files only.
   *
   * @param count most bytes that are wanted, at least 1
   * @param listener hears of requests that bring nothing
   * @throws RemoteFileException when the server has no such file, or does not answer
   */
  public static Optional<HttpHead> fetch(
      URI url, int count, HttpPolicy policy, HttpAccess access, FetchListener listener)
      throws IOException {
    RemoteUrl remote = RemoteUrl.of(url);
    try (HttpTransport transport = new HttpTransport(policy, access)) {
      Optional<RemoteFile> file = new RangeProbe(transport, policy, remote, listener).run();
      if (file.isEmpty()) {
        return Optional.empty();
      }
      long length = file.get().version().length();
      byte[] bytes = new byte[(int) Math.min(count, length)];
      file.get().read(0, ByteBuffer.wrap(bytes));
      return Optional.of(new HttpHead(bytes, length));
    }
  }
}
