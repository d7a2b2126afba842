package io.cloudlet.sidecar.qemu;

import io.cloudlet.sidecar.machine.Accelerator;
import java.nio.file.Path;
import java.util.List;

/**
 * What of a command line depends on where QEMU runs, and not on the machine that the guest sees.
 *
 * @param sharesPaths whether QEMU finds the files of this program under the names that they have
 *     here, and not in its own folder alone
 * @param forwardsAt address at which the guest's ports are reached
 * @param consoleLog where all that the console prints goes
 * @param backing names of the files below the VM's own disk, topmost first, the last of them raw;
 *     empty where those in the qcow2 files lead to them
 * @param translationMib how much translated code QEMU keeps where it translates; 0 for its choice
 * @param options more of QEMU's options
 */
public record QemuScene(
    boolean sharesPaths,
    String forwardsAt,
    String consoleLog,
    List<String> backing,
    int translationMib,
    List<String> options) {
  /** As a process of this machine. */
  public static final QemuScene PROCESS =
      new QemuScene(true, "127.0.0.1", VmFiles.CONSOLE_LOG, List.of(), 0, List.of());

  /** Takes copies. */
  public QemuScene {
    backing = List.copyOf(backing);
    options = List.copyOf(options);
  }

  /** How QEMU names a file. */
  String name(Path file) {
    return sharesPaths ? file.toAbsolutePath().toString() : file.toString();
  }

  /** What runs the guest. */
  List<String> accelerator(Accelerator accelerator) {
    boolean bounded = translationMib > 0 && accelerator == Accelerator.TCG;
    return List.of("-accel", accelerator + (bounded ? ",tb-size=" + translationMib : ""));
  }

  /** The disk's block nodes, as {@code -blockdev} has them. */
  String disk() {
    // Discards end in the qcow2's tables: what the guest does not use is not captured. The file
    // below ignores them, which keeps fallocate away from a HolePunchGuard.
    return """
    {"driver":"qcow2","node-name":"%s","discard":"unmap","detect-zeroes":"unmap",\
    "file":{"driver":"file","filename":"%s","discard":"ignore"}%s}\
    """
        .formatted(QemuCommand.DISK_NODE, VmFiles.DISK, below(0));
  }

  private String below(int layer) {
    if (layer >= backing.size()) {
      return "";
    }
    boolean last = layer == backing.size() - 1;
    return """
    ,"backing":{"driver":"%s","file":{"driver":"file","filename":"%s"}%s}\
    """
        .formatted(last ? "raw" : "qcow2", backing.get(layer), below(layer + 1));
  }
}
