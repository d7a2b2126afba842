package io.cloudlet.sidecar.guest;

import io.cloudlet.sidecar.image.CloudletException;

/** A program of the host failed or took too long. */
public final class HostProgramException extends CloudletException {
  private static final long serialVersionUID = 1L;

  private final String output;

  HostProgramException(String commandLine, String outcome, String output) {
    super(commandLine + " " + outcome + (output.isBlank() ? "" : "; it said: " + output));
    this.output = output;
  }

  /** The end of what the program wrote to its standard error. */
  public String output() {
    return output;
  }
}
