package io.cloudlet.sidecar.image;

import java.io.IOException;
import java.io.InterruptedIOException;
import java.nio.channels.ClosedChannelException;
import java.nio.file.FileSystemException;
import java.nio.file.Path;

/** A file cannot be written, as when its disk is full; the message names it and the reason. */
public final class UnwritableException extends CloudletException {
  private static final long serialVersionUID = 1L;

  private UnwritableException(Path file, IOException cause) {
    super(
        file
            + " cannot be written: "
            + cause.getMessage()
            + "; make room there, or choose another place with --data or -o",
        cause);
  }

  /**
   * What to throw instead of an exception that writing a file threw: the system's own error does
   * not name the file. One that does, or that comes from an interrupt, stays as it is.
   */
  public static IOException of(Path file, IOException e) {
    boolean known =
        e instanceof CloudletException
            || e instanceof FileSystemException
            || e instanceof ClosedChannelException
            || e instanceof InterruptedIOException;
    return known ? e : new UnwritableException(file, e);
  }
}
