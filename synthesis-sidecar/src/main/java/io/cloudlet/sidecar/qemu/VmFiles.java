package io.cloudlet.sidecar.qemu;

import java.nio.file.Path;

/**
 * The files of a QEMU that this program starts. QEMU runs in the folder and is given their bare
 * names, so sockets work however long the folder's own path is.
 *
 * @param folder belongs to this VM alone
 */
public record VmFiles(Path folder) {
  static final String DISK = "disk.qcow2";
  static final String LAYER = "capture.qcow2";
  static final String SHARED_DISK = "shared.qcow2";
  static final String MEMORY = "memory.raw";
  static final String QMP = "qmp.sock";
  static final String CONSOLE = "console.sock";
  static final String CONSOLE_LOG = "console.log";
  static final String LOG = "qemu.log";
  static final String PID = "qemu.pid";

  /** The qcow2 disk. */
  public Path disk() {
    return folder.resolve(DISK);
  }

  /** A layer below {@link #disk} that other VMs use as well; missing when there is none. */
  public Path sharedDisk() {
    return folder.resolve(SHARED_DISK);
  }

  /** What main memory is mapped from; missing when it is another file. */
  public Path memory() {
    return folder.resolve(MEMORY);
  }

  /** Takes the guest's writes while {@link #disk} is being read. */
  public Path layer() {
    return folder.resolve(LAYER);
  }

  /** QEMU's control socket. */
  public Path qmp() {
    return folder.resolve(QMP);
  }

  /** The serial console: a socket that takes one client at a time. */
  public Path console() {
    return folder.resolve(CONSOLE);
  }

  /** All that the serial console has printed. */
  public Path consoleLog() {
    return folder.resolve(CONSOLE_LOG);
  }

  /** What QEMU itself has to say. */
  public Path log() {
    return folder.resolve(LOG);
  }

  /** QEMU's number, written by QEMU, gone when it ends in order. */
  public Path pid() {
    return folder.resolve(PID);
  }

  /** What the layers above use. */
  public VmHandle handle() {
    return new VmHandle(qmp(), folder, "", QemuCommand.DISK_NODE, disk(), log());
  }
}
