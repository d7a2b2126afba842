package io.cloudlet.sidecar.node;

import io.cloudlet.sidecar.image.CloudletException;
import io.cloudlet.sidecar.image.Digest;

/** What was fetched is not what was wanted. Nothing of it has been kept. */
public final class WrongDigestException extends CloudletException {
  private static final long serialVersionUID = 1L;

  private final String wanted;
  private final String found;

  /**
   * Tells both.
   *
   * @param source where it came from, without credentials
   */
  public WrongDigestException(String source, Digest wanted, Digest found) {
    super(source + " has the digest " + found + ", not " + wanted + "; check URL and digest");
    this.wanted = wanted.hex();
    this.found = found.hex();
  }

  /** What it has to have. */
  public Digest wanted() {
    return new Digest(wanted);
  }

  /** What it has. */
  public Digest found() {
    return new Digest(found);
  }
}
