package io.cloudlet.sidecar.guest;

import io.cloudlet.sidecar.image.Digest;
import io.cloudlet.sidecar.image.Partials;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.time.Duration;
import java.util.List;
import java.util.stream.Stream;
import java.util.zip.GZIPOutputStream;

/** Puts the files of the small guest together in one folder. */
final class SmallGuestBuilder {
  static final String KERNEL = "vmlinuz";
  static final String INITRD = "initrd.img";
  static final String DISK = "disk.raw";

  private static final long DISK_BYTES = 256L << 20;
  private static final int SEED_BYTES = 512;
  private static final Duration UNPACKING = Duration.ofMinutes(2);
  private static final GuestResources RESOURCES = new GuestResources("small");
  private static final String INIT = "initramfs/init";
  private static final List<String> DISK_FILES =
      List.of(
          "etc/boot",
          "etc/inittab",
          "srv/app/counter",
          "srv/www/cgi-bin/start",
          "srv/www/cgi-bin/state");

  /** Drivers of the machine; virtio_balloon reports free pages to the host. */
  private static final List<String> MODULES =
      List.of("virtio_pci", "virtio_blk", "ext4", "virtio_net", "virtio_balloon", "virtio_rng");

  private final Path folder;
  private final Path work;
  private final BuildProgress progress;

  SmallGuestBuilder(Path folder, BuildProgress progress) {
    this.folder = folder;
    this.work = folder.resolve("work");
    this.progress = progress;
  }

  /** Of everything but the packages that the guest is made from. */
  static Digest digest() {
    List<String> resources =
        Stream.concat(DISK_FILES.stream().map(name -> "disk/" + name), Stream.of(INIT)).toList();
    return RESOURCES.digest(
        resources,
        List.of(SmallGuestBuilder.class, CpioWriter.class, Ext4Disk.class, KernelModules.class));
  }

  /** Downloads the packages, a kernel and busybox, and makes kernel, initial RAM disk and disk. */
  void build(Apt apt, List<String> packages) throws IOException {
    Files.createDirectories(work);
    progress.step("downloading " + String.join(", ", packages));
    apt.download(packages, work);
    progress.step("unpacking the packages");
    Path unpacked = unpack();
    Path modules = only(unpacked.resolve("lib/modules"), "*");
    Files.copy(only(unpacked.resolve("boot"), "vmlinuz-*"), folder.resolve(KERNEL));
    Path busybox = unpacked.resolve("bin/busybox");
    progress.step("writing the initial RAM disk");
    writeInitrd(KernelModules.in(modules).inLoadOrder(MODULES), busybox);
    progress.step("writing the disk");
    Ext4Disk.create(folder.resolve(DISK), DISK_BYTES, tree(busybox));
    Partials.deleteTree(work);
  }

  private Path unpack() throws IOException {
    Path target = work.resolve("unpacked");
    HostProgram unpacker = HostProgram.find("dpkg-deb", "dpkg", UNPACKING);
    try (DirectoryStream<Path> archives = Files.newDirectoryStream(work, "*.deb")) {
      for (Path archive : archives) {
        unpacker.run(work, List.of("--extract", archive.toString(), target.toString()));
      }
    }
    return target;
  }

  private void writeInitrd(List<KernelModules.Module> modules, Path busybox) throws IOException {
    try (OutputStream file = Files.newOutputStream(folder.resolve(INITRD));
        GZIPOutputStream compressed = new GZIPOutputStream(file);
        CpioWriter archive = new CpioWriter(compressed)) {
      for (String name : List.of("bin", "dev", "disk", "modules", "proc")) {
        archive.directory(name);
      }
      archive.file("bin/busybox", Files.readAllBytes(busybox), true);
      archive.file("init", RESOURCES.read(INIT), true);
      int number = 10; // two digits, so that the order of names is the order of loading
      for (KernelModules.Module module : modules) {
        archive.file(
            "modules/" + number++ + "-" + module.name(), Files.readAllBytes(module.file()), false);
      }
    }
  }

  private Path tree(Path busybox) throws IOException {
    Path tree = work.resolve("tree");
    for (String name : List.of("bin", "dev", "proc", "root", "run", "sbin", "sys", "tmp", "var")) {
      Files.createDirectories(tree.resolve(name));
    }
    Files.copy(busybox, tree.resolve("bin/busybox"));
    Files.createSymbolicLink(tree.resolve("bin/sh"), Path.of("busybox"));
    Files.createSymbolicLink(tree.resolve("sbin/init"), Path.of("../bin/busybox"));
    for (String name : DISK_FILES) {
      RESOURCES.copy("disk/" + name, tree.resolve(name));
    }
    byte[] seed = new byte[SEED_BYTES];
    new SecureRandom().nextBytes(seed);
    Files.write(tree.resolve("etc/random-seed"), seed);
    return tree;
  }

  private static Path only(Path folder, String pattern) throws IOException {
    try (DirectoryStream<Path> found = Files.newDirectoryStream(folder, pattern)) {
      for (Path path : found) {
        return path;
      }
    }
    throw new NoSuchFileException(folder.resolve(pattern).toString());
  }
}
