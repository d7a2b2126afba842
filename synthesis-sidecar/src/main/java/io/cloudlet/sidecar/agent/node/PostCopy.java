package io.cloudlet.sidecar.agent.node;

import io.cloudlet.sidecar.qemu.QemuVersion;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

/**
 * Whether QEMU may catch a guest's accesses to memory that has not arrived. It asks the kernel for
 * a userfaultfd that catches those of the kernel as well, which KVM and system calls cause; the
 * kernel gives it to everybody when a setting says so, otherwise to who has CAP_SYS_PTRACE. Since
 * 8.0 QEMU also takes one from a device.
 */
final class PostCopy {
  private static final Path SETTING = Path.of("/proc/sys/vm/unprivileged_userfaultfd");
  private static final Path DEVICE = Path.of("/dev/userfaultfd");
  private static final Path STATUS = Path.of("/proc/self/status");
  private static final String CAPABILITIES = "CapEff:";
  private static final int CAP_SYS_PTRACE = 19;

  private PostCopy() {}

  static boolean isPossible(QemuVersion qemu) {
    try {
      if (qemu.atLeast(8, 0) && Files.isReadable(DEVICE) && Files.isWritable(DEVICE)) {
        return true;
      }
      return Files.exists(SETTING) && (Files.readString(SETTING).strip().equals("1") || mayTrace());
    } catch (IOException e) {
      return false; // Without /proc nothing is known, and nothing is promised.
    }
  }

  private static boolean mayTrace() throws IOException {
    for (String line : Files.readAllLines(STATUS)) {
      if (line.startsWith(CAPABILITIES)) {
        long mask = Long.parseUnsignedLong(line.substring(CAPABILITIES.length()).strip(), 16);
        return (mask >>> CAP_SYS_PTRACE & 1) == 1;
      }
    }
    return false;
  }
}
