package io.cloudlet.sidecar.cli.doctor;

import java.io.IOException;
import java.nio.file.FileStore;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Locale;
import java.util.Optional;

/** The checks that need no virtual machine. */
final class MachineChecks {
  private static final String APT = "sudo apt-get install ";
  private static final int JDK = 25;
  private static final long GIB = 1L << 30;
  private static final long COMFORTABLE_DISK = 20 * GIB;
  private static final long COMFORTABLE_SHM = 2 * GIB;

  private MachineChecks() {}

  static Finding jdk() {
    Runtime.Version version = Runtime.version();
    String detail = version + " at " + System.getProperty("java.home");
    return version.feature() >= JDK
        ? Finding.ok("JDK", detail)
        : Finding.missing("JDK", detail, "install a JDK " + JDK + " and set JAVA_HOME");
  }

  static Finding qemu() throws InterruptedException {
    return tool("QEMU", "qemu-system-x86", "qemu-system-x86_64", "--version");
  }

  static Finding qemuImg() throws InterruptedException {
    return tool("qemu-img", "qemu-utils", "qemu-img", "--version");
  }

  static Finding ext4() throws InterruptedException {
    String name = "mkfs.ext4";
    return Tool.firstLine("/usr/sbin/mkfs.ext4", "-V")
        .map(said -> Finding.ok(name, said))
        .orElseGet(() -> Finding.weak(name, "not found; only demo needs it", APT + "e2fsprogs"));
  }

  private static Finding tool(String name, String debianPackage, String... command)
      throws InterruptedException {
    Optional<String> line = Tool.firstLine(command);
    return line.map(said -> Finding.ok(name, said))
        .orElseGet(() -> Finding.missing(name, "not found", APT + debianPackage));
  }

  /** Post-copy needs it for whoever runs QEMU. */
  static Finding userfaultfd() {
    String name = "userfaultfd";
    try {
      Path setting = Path.of("/proc/sys/vm/unprivileged_userfaultfd");
      if (!Files.exists(setting)) {
        return Finding.weak(name, "this kernel has none", "use a kernel with CONFIG_USERFAULTFD");
      }
      if (Files.readString(setting).strip().equals("1")) {
        return Finding.ok(name, "for every user");
      }
      if ("root".equals(System.getProperty("user.name"))) {
        return Finding.ok(name, "for root");
      }
    } catch (IOException e) {
      return Finding.weak(name, String.valueOf(e.getMessage()), "mount -t proc proc /proc");
    }
    return Finding.weak(name, "for root only", "sudo sysctl -w vm.unprivileged_userfaultfd=1");
  }

  /** Room for bases and VMs, where the data directory is or will be. */
  static Finding disk(Path root) {
    Path existing = root.toAbsolutePath();
    while (!Files.exists(existing) && existing.getParent() != null) {
      existing = existing.getParent();
    }
    return room("disk", existing, COMFORTABLE_DISK, "make room, or choose another place by --data");
  }

  /** Room for memory images that are kept in memory. */
  static Finding sharedMemory() {
    return room(
        "/dev/shm",
        Path.of("/dev/shm"),
        COMFORTABLE_SHM,
        "sudo mount -o remount,size=50% /dev/shm");
  }

  private static Finding room(String name, Path place, long comfortable, String remedy) {
    try {
      FileStore store = Files.getFileStore(place);
      long free = store.getUsableSpace();
      String detail =
          String.format(
              Locale.ROOT, "%.1f GiB free at %s (%s)", (double) free / GIB, place, store.type());
      return free >= comfortable ? Finding.ok(name, detail) : Finding.weak(name, detail, remedy);
    } catch (IOException e) {
      return Finding.weak(name, place + " cannot be looked at: " + e.getMessage(), remedy);
    }
  }
}
