package io.cloudlet.sidecar.guest;

import io.cloudlet.sidecar.image.CloudletException;

/** A program of the host that the work needs is not installed. */
public final class MissingProgramException extends CloudletException {
  private static final long serialVersionUID = 1L;

  private final String program;

  MissingProgramException(String program, String debianPackage) {
    super(
        program
            + " is not on this machine (looked in PATH, /usr/sbin and /sbin); install it with:"
            + " apt-get install "
            + debianPackage);
    this.program = program;
  }

  /** What is missing, such as {@code mke2fs}. */
  public String program() {
    return program;
  }
}
