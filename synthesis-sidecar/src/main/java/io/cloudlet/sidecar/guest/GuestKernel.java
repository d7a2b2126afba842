package io.cloudlet.sidecar.guest;

import io.cloudlet.sidecar.image.CloudletException;
import io.cloudlet.sidecar.image.Digest;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.zip.GZIPOutputStream;

/** Debian's kernel for clouds, and an initial RAM disk which finds the disk of a guest. */
final class GuestKernel {
  static final String KERNEL = "vmlinuz";
  static final String INITRD = "initrd.img";

  private static final String METAPACKAGE = "linux-image-cloud-amd64";
  private static final String BUSYBOX = "busybox-static";
  private static final Duration UNPACKING = Duration.ofMinutes(2);
  private static final GuestResources RESOURCES = new GuestResources("kernel");
  private static final String INIT = "init";

  /** Drivers of the machine; virtio_balloon reports free pages to the host. */
  private static final List<String> MODULES =
      List.of("virtio_pci", "virtio_blk", "ext4", "virtio_net", "virtio_balloon", "virtio_rng");

  private final Path unpacked;

  private GuestKernel(Path unpacked) {
    this.unpacked = unpacked;
  }

  /** Names of the packages that {@link #unpack} takes: a kernel and busybox. */
  static List<String> packages(Apt apt) throws IOException {
    return List.of(apt.dependencyOf(METAPACKAGE, "linux-image-"), BUSYBOX);
  }

  /** Of everything but the packages that the files are made from. */
  static Digest digest() {
    return RESOURCES.digest(
        List.of(INIT), List.of(GuestKernel.class, CpioWriter.class, KernelModules.class));
  }

  /** Downloads the packages into a folder and unpacks them there. */
  static GuestKernel unpack(Apt apt, List<String> packages, Path work, BuildProgress progress)
      throws IOException {
    progress.step("downloading " + String.join(", ", packages));
    apt.download(packages, work);
    progress.step("unpacking the kernel");
    Path target = work.resolve("unpacked");
    HostProgram unpacker = HostProgram.find("dpkg-deb", "dpkg", UNPACKING);
    try (DirectoryStream<Path> archives = Files.newDirectoryStream(work, "*.deb")) {
      for (Path archive : archives) {
        unpacker.run(work, List.of("--extract", archive.toString(), target.toString()));
      }
    }
    return new GuestKernel(target);
  }

  /** The static busybox. */
  Path busybox() throws IOException {
    Path merged = unpacked.resolve("usr/bin/busybox");
    return Files.exists(merged) ? merged : unpacked.resolve("bin/busybox");
  }

  /** Writes kernel and initial RAM disk into a folder. */
  void writeTo(Path folder) throws IOException {
    Files.copy(only(unpacked.resolve("boot"), "vmlinuz-*"), folder.resolve(KERNEL));
    Path merged = unpacked.resolve("usr/lib/modules");
    Path modules = Files.exists(merged) ? merged : unpacked.resolve("lib/modules");
    writeInitrd(folder.resolve(INITRD), KernelModules.in(only(modules, "*")).inLoadOrder(MODULES));
  }

  private void writeInitrd(Path target, List<KernelModules.Module> modules) throws IOException {
    try (OutputStream file = Files.newOutputStream(target);
        GZIPOutputStream compressed = new GZIPOutputStream(file);
        CpioWriter archive = new CpioWriter(compressed)) {
      for (String name : List.of("bin", "dev", "disk", "modules", "proc")) {
        archive.directory(name);
      }
      archive.file("bin/busybox", Files.readAllBytes(busybox()), true);
      archive.file("init", RESOURCES.read(INIT), true);
      int number = 10; // two digits, so that the order of names is the order of loading
      for (KernelModules.Module module : modules) {
        byte[] content = Files.readAllBytes(module.file());
        archive.file("modules/" + number++ + "-" + module.name(), content, false);
      }
    }
  }

  private static Path only(Path folder, String pattern) throws IOException {
    try (DirectoryStream<Path> found = Files.newDirectoryStream(folder, pattern)) {
      for (Path path : found) {
        return path;
      }
    }
    throw new CloudletException(
        "the kernel package has no " + pattern + " in " + folder + "; use a Debian cloud kernel");
  }
}
