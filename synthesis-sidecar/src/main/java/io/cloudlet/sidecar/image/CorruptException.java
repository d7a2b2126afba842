package io.cloudlet.sidecar.image;

/** Bytes that were checked are not what they have to be. */
public final class CorruptException extends CloudletException {
  private static final long serialVersionUID = 1L;

  private final String source;
  private final long offset;

  /**
   * Names the place.
   *
   * @param source file, URL or stream that holds the bytes
   * @param offset where in it, in bytes
   * @param reason what was expected and what was found
   */
  public CorruptException(String source, long offset, String reason) {
    super(source + " is corrupt at byte " + offset + ": " + reason);
    this.source = source;
    this.offset = offset;
  }

  /** File, URL or stream that holds the bytes. */
  public String source() {
    return source;
  }

  /** Byte offset in {@link #source}. */
  public long offset() {
    return offset;
  }
}
