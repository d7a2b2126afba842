package io.cloudlet.sidecar.qemu;

import io.cloudlet.sidecar.image.CloudletException;

/** A migration stream is well formed but holds what this program does not read. */
public final class UnsupportedStreamException extends CloudletException {
  private static final long serialVersionUID = 1L;

  private final long offset;

  /**
   * Names the place.
   *
   * @param source which stream
   * @param offset where in it, in bytes
   * @param reason what is not supported, and what to do
   */
  public UnsupportedStreamException(String source, long offset, String reason) {
    super(source + " at byte " + offset + ": " + reason);
    this.offset = offset;
  }

  /** Byte offset in the stream. */
  public long offset() {
    return offset;
  }
}
