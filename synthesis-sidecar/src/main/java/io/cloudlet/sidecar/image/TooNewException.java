package io.cloudlet.sidecar.image;

/** A file or stream is in a version of its format that this program does not know. */
public final class TooNewException extends CloudletException {
  private static final long serialVersionUID = 1L;

  private final long version;

  /**
   * Names both versions.
   *
   * @param source file, URL or stream
   * @param version what it says it is
   * @param newest the newest version that can be read
   */
  public TooNewException(String source, long version, long newest) {
    super(
        source
            + " has format version "
            + Long.toUnsignedString(version)
            + ", and this program reads up to "
            + newest
            + "; use a newer Cloudlet");
    this.version = version;
  }

  /** The version that was found. */
  public long version() {
    return version;
  }
}
