package io.cloudlet.sidecar.image;

/** What the file below a qcow2 file is. Files say it, so that nobody has to guess by content. */
public enum BackingFormat {
  /** The bytes of the disk, one after another. */
  RAW("raw"),
  /** Another qcow2 file. */
  QCOW2("qcow2");

  private final String qemuName;

  BackingFormat(String qemuName) {
    this.qemuName = qemuName;
  }

  /** As qcow2 headers have it. */
  String qemuName() {
    return qemuName;
  }
}
