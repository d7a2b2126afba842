package io.cloudlet.sidecar.node;

import java.nio.file.Path;

/** Names of the files of one VM. */
public record VmFolder(Path path) {
  /** The {@link VmRecord}. */
  public Path record() {
    return path.resolve("vm.json");
  }

  /** What the VM's disk has that its base's disk has not. */
  public Path disk() {
    return path.resolve("disk.qcow2");
  }

  /** The layer that takes the guest's writes while {@link #disk} is being read. */
  public Path captureLayer() {
    return path.resolve("capture.qcow2");
  }

  /** What a capture has done so far; there only while one runs or after one has died. */
  public Path captureJournal() {
    return path.resolve("capture.json");
  }

  /** QEMU's control socket. */
  public Path qmp() {
    return path.resolve("qmp.sock");
  }

  /** The serial console. */
  public Path console() {
    return path.resolve("console.sock");
  }

  /** All that the serial console has printed. */
  public Path consoleLog() {
    return path.resolve("console.log");
  }
}
