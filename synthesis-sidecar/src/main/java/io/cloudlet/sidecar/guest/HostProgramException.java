package io.cloudlet.sidecar.guest;

import io.cloudlet.sidecar.image.CloudletException;

/** A program of the host failed or took too long. */
public final class HostProgramException extends CloudletException {
  private static final long serialVersionUID = 1L;

  private final String program;
  private final String output;

  HostProgramException(String program, String commandLine, String outcome, String output) {
    super(commandLine + " " + outcome + (output.isBlank() ? "" : "; it said: " + output));
    this.program = program;
    this.output = output;
  }

  /** Its name without a folder, such as {@code mke2fs}. */
  public String program() {
    return program;
  }

  /** The end of what the program wrote to its standard error. */
  public String output() {
    return output;
  }
}
