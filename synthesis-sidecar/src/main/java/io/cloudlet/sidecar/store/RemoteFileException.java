package io.cloudlet.sidecar.store;

import io.cloudlet.sidecar.image.CloudletException;

/** A remote file cannot be had, or not as one unchanging file. */
public final class RemoteFileException extends CloudletException {
  private static final long serialVersionUID = 1L;

  /** What kind of trouble it is. */
  public enum Reason {
    /** No connection, or connections break, or the server reports failures of its own. */
    UNREACHABLE,
    /** The server answers, and says no. */
    REFUSED,
    /** It is not the file any more that the first answer came from. */
    CHANGED,
    /** The server breaks the rules of HTTP. */
    MISBEHAVING,
    /** Bytes stopped coming. */
    STALLED,
    /** Too many redirections, a circle of them, or one from https to http. */
    REDIRECTED
  }

  private final Reason reason;
  private final String url;
  private final long offset;

  /**
   * Names the place.
   *
   * @param url the URL without credentials
   * @param offset first byte that was asked for and did not come
   * @param what one sentence: what happened; what to do
   */
  RemoteFileException(Reason reason, String url, long offset, String what) {
    super(url + " at byte " + offset + ": " + what);
    this.reason = reason;
    this.url = url;
    this.offset = offset;
  }

  /** What kind of trouble it is. */
  public Reason reason() {
    return reason;
  }

  /** The URL, without credentials and query. */
  public String url() {
    return url;
  }

  /** The first byte that was asked for and did not come. */
  public long offset() {
    return offset;
  }
}
