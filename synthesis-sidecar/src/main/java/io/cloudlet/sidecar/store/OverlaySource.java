package io.cloudlet.sidecar.store;

import java.io.IOException;
import java.nio.ByteBuffer;

/**
 * The bytes of an overlay, wherever they lie, read by position.
 *
 * <p>Thread-safe. A source answers with the bytes of one unchanging file or with an error: what is
 * replaced while it is read is refused. Whether the bytes are the right ones is for the reader of
 * the format to verify.
 */
public interface OverlaySource extends AutoCloseable {
  /** Bytes that the source holds. */
  long length();

  /**
   * Fills {@code destination} with the bytes from {@code offset} on; its position ends at its
   * limit. Blocks at most as long as the source's timeouts allow.
   *
   * @param offset 0 up to {@link #length} minus the bytes that remain in {@code destination}
   * @throws io.cloudlet.sidecar.image.CorruptException when the range passes the end
   * @throws IOException when the bytes cannot be had; the message names the source and the offset
   */
  void read(long offset, ByteBuffer destination) throws IOException;

  /** The path or URL for messages, without credentials. */
  String describe();

  /** Ends all reads, which then fail, and frees what the source holds. */
  @Override
  void close();
}
