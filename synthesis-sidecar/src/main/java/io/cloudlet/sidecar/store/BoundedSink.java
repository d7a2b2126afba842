package io.cloudlet.sidecar.store;

import io.cloudlet.sidecar.store.RemoteFileException.Reason;
import java.io.IOException;
import java.nio.ByteBuffer;

/** Takes no more bytes than the answer's headers promised. */
final class BoundedSink implements ReplyBody.Sink {
  private final RemoteUrl url;
  private final long offset;
  private final long expected;
  private final ByteBuffer destination;
  private long left;

  /**
   * A sink into a buffer that has room for all of it.
   *
   * @param offset where in the file the answer begins
   * @param expected bytes of the answer
   */
  BoundedSink(RemoteUrl url, long offset, long expected, ByteBuffer destination) {
    this.url = url;
    this.offset = offset;
    this.expected = expected;
    this.destination = destination;
    this.left = expected;
  }

  @Override
  public void write(ByteBuffer bytes) throws IOException {
    if (bytes.remaining() > left) {
      throw new RemoteFileException(
          Reason.MISBEHAVING,
          url.toString(),
          offset,
          "the server sends more than the "
              + expected
              + " bytes it announced; fetch the file in another way and give its path");
    }
    left -= bytes.remaining();
    destination.put(bytes);
  }
}
