package io.cloudlet.sidecar.qemu;

import io.cloudlet.sidecar.image.CloudletException;

/** QEMU did not start; its own words are in the message. */
public final class QemuStartException extends CloudletException {
  private static final long serialVersionUID = 1L;

  QemuStartException(String said, Throwable cause) {
    super("QEMU did not start: " + (said.isEmpty() ? cause.getMessage() : said), cause);
  }

  /**
   * About a QEMU that has ended instead.
   *
   * @param files where it left its log
   * @param what in words, for a QEMU that said nothing
   */
  public static QemuStartException of(VmFiles files, String what) {
    return new QemuStartException(new QemuLog(files.log()).end(), new QemuGoneException(what));
  }
}
