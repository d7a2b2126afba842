package io.cloudlet.sidecar.guest;

import io.cloudlet.sidecar.image.Digest;
import io.cloudlet.sidecar.image.Partials;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.util.List;

/** Puts the files of the small guest together in one folder. */
final class SmallGuestBuilder {
  static final String DISK = "disk.raw";

  private static final long DISK_BYTES = 256L << 20;
  private static final int SEED_BYTES = 512;
  private static final GuestResources RESOURCES = new GuestResources("small");
  private static final List<String> FILES =
      List.of(
          "etc/boot",
          "etc/inittab",
          "srv/app/counter",
          "srv/www/cgi-bin/start",
          "srv/www/cgi-bin/state");

  private final Path folder;
  private final BuildProgress progress;

  SmallGuestBuilder(Path folder, BuildProgress progress) {
    this.folder = folder;
    this.progress = progress;
  }

  /** Of everything but the packages that the guest is made from. */
  static Digest digest() {
    return RESOURCES.digest(FILES, List.of(SmallGuestBuilder.class, Ext4Disk.class));
  }

  /** Downloads the packages and makes kernel, initial RAM disk and disk. */
  void build(Apt apt, List<String> packages) throws IOException {
    Path work = Files.createDirectories(folder.resolve("work"));
    GuestKernel kernel = GuestKernel.unpack(apt, packages, work, progress);
    progress.step("writing kernel and disk");
    kernel.writeTo(folder);
    Path tree = work.resolve("tree");
    fill(tree, kernel.busybox());
    Ext4Disk.create(folder.resolve(DISK), DISK_BYTES, tree);
    Partials.deleteTree(work);
  }

  private static void fill(Path tree, Path busybox) throws IOException {
    for (String name : List.of("bin", "dev", "proc", "root", "run", "sbin", "sys", "tmp", "var")) {
      Files.createDirectories(tree.resolve(name));
    }
    Files.copy(busybox, tree.resolve("bin/busybox"));
    Files.createSymbolicLink(tree.resolve("bin/sh"), Path.of("busybox"));
    Files.createSymbolicLink(tree.resolve("sbin/init"), Path.of("../bin/busybox"));
    for (String name : FILES) {
      RESOURCES.copy(name, tree.resolve(name));
    }
    byte[] seed = new byte[SEED_BYTES];
    new SecureRandom().nextBytes(seed);
    Files.write(tree.resolve("etc/random-seed"), seed);
  }
}
