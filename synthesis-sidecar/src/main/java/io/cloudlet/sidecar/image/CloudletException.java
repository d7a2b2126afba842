package io.cloudlet.sidecar.image;

import java.io.IOException;

/**
 * Something outside the program is not as it has to be: a file, a peer, a machine, an argument.
 *
 * <p>The message is one sentence for a person: what is wrong, where (file and offset, field or
 * resource), and after a semicolon what to do about it.
 */
public class CloudletException extends IOException {
  private static final long serialVersionUID = 1L;

  /** With a message as described above. */
  public CloudletException(String message) {
    super(message);
  }

  /** With the error that led to it. */
  public CloudletException(String message, Throwable cause) {
    super(message, cause);
  }
}
