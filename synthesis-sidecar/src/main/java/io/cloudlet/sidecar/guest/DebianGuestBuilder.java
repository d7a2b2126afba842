package io.cloudlet.sidecar.guest;

import io.cloudlet.sidecar.image.Digest;
import io.cloudlet.sidecar.image.Partials;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/** Puts the files of the Debian guest together in one folder. */
final class DebianGuestBuilder {
  static final String DISK = "disk.raw";
  static final String PACKAGES = "packages";

  /** In the base, besides what every Debian has. */
  static final List<String> BASE =
      List.of(
          "systemd",
          "systemd-sysv",
          "udev",
          "dbus",
          "kmod",
          "iproute2",
          "ifupdown",
          "procps",
          "ca-certificates",
          "less",
          "vim-tiny",
          "eatmydata",
          "wget",
          "python3-minimal");

  /** Installed into the running guest, with some ninety more that these need. */
  static final List<String> CUSTOMISATION =
      List.of(
          "redis-server",
          "nginx-light",
          "memcached",
          "sqlite3",
          "git",
          "build-essential",
          "python3-numpy",
          "python3-flask",
          "python3-requests",
          "python3-redis");

  private static final long DISK_BYTES = 8L << 30;
  private static final GuestResources RESOURCES = new GuestResources("debian");

  /** Files of the guest that are not Debian's own, by their place in the guest. */
  private static final Map<String, String> FILES =
      new TreeMap<>(
          Map.of(
              "etc/fstab", "etc/fstab",
              "etc/hosts", "etc/hosts",
              "etc/network/interfaces", "etc/interfaces",
              "etc/systemd/system/serial-getty@ttyS0.service.d/autologin.conf",
                  "etc/autologin.conf",
              "etc/systemd/system/guest-ready.service", "etc/guest-ready.service",
              "usr/local/sbin/guest-ready", "etc/guest-ready",
              "usr/sbin/policy-rc.d", "etc/policy-rc.d"));

  /** They would change a system that is meant to idle. */
  private static final List<String> OFF =
      List.of("apt-daily.timer", "apt-daily-upgrade.timer", "e2scrub_all.timer");

  private final Path folder;
  private final Path work;
  private final BuildProgress progress;

  DebianGuestBuilder(Path folder, BuildProgress progress) {
    this.folder = folder;
    this.work = folder.resolve("work");
    this.progress = progress;
  }

  /** Of everything but the packages that the guest is made from. */
  static Digest digest() {
    return RESOURCES.digest(
        List.copyOf(FILES.values()), List.of(DebianGuestBuilder.class, Ext4Disk.class));
  }

  /** Makes kernel, initial RAM disk and disk, and fetches the packages of the customisation. */
  void build(Apt apt, List<String> kernelPackages) throws IOException {
    Files.createDirectories(work);
    GuestKernel.unpack(apt, kernelPackages, work, progress).writeTo(folder);
    Path tree = work.resolve("tree");
    progress.step("installing Debian into a folder");
    Debootstrap.install(apt, BASE, tree);
    progress.step("downloading the packages of the customisation");
    apt.downloadFor(tree, CUSTOMISATION, folder.resolve(PACKAGES));
    configure(tree);
    progress.step("writing the disk");
    Ext4Disk.create(folder.resolve(DISK), DISK_BYTES, tree);
    Partials.deleteTree(work);
  }

  private static void configure(Path tree) throws IOException {
    for (Map.Entry<String, String> file : FILES.entrySet()) {
      RESOURCES.copy(file.getValue(), tree.resolve(file.getKey()));
    }
    Files.writeString(tree.resolve("etc/hostname"), "guest\n");
    // Of the machine that has built this.
    Files.deleteIfExists(tree.resolve("etc/resolv.conf"));
    Path units = tree.resolve("etc/systemd/system");
    for (String unit : OFF) {
      Files.createSymbolicLink(units.resolve(unit), Path.of("/dev/null"));
    }
    Files.createDirectories(units.resolve("multi-user.target.wants"));
    Files.createSymbolicLink(
        units.resolve("multi-user.target.wants/guest-ready.service"),
        Path.of("/etc/systemd/system/guest-ready.service"));
    Partials.deleteTree(tree.resolve("var/cache/apt"));
    Partials.deleteTree(tree.resolve("var/lib/apt/lists"));
    Files.createDirectories(tree.resolve("var/cache/apt/archives/partial"));
    Files.createDirectories(tree.resolve("var/lib/apt/lists/partial"));
  }
}
