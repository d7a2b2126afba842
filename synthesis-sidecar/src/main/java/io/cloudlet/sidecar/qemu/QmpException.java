package io.cloudlet.sidecar.qemu;

import io.cloudlet.sidecar.image.CloudletException;

/** QEMU refused a command; its own words are in the message. */
public final class QmpException extends CloudletException {
  private static final long serialVersionUID = 1L;

  private final String command;
  private final String errorClass;
  private final String description;

  QmpException(String command, String errorClass, String description) {
    super("QEMU refused " + command + ": " + description);
    this.command = command;
    this.errorClass = errorClass;
    this.description = description;
  }

  /** The QMP command. */
  public String command() {
    return command;
  }

  /** QMP's class of error, such as {@code GenericError} or {@code DeviceNotFound}. */
  public String errorClass() {
    return errorClass;
  }

  /** What QEMU said. */
  public String description() {
    return description;
  }
}
