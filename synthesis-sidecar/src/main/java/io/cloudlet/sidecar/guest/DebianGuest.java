package io.cloudlet.sidecar.guest;

import static java.util.stream.Collectors.joining;

import io.cloudlet.sidecar.image.Digest;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Pattern;

/**
 * A whole Debian with systemd, and the packages with which it is customised once it runs (see
 * {@link DebianCustomisation}): about a hundred, of which redis, nginx, memcached and a Python
 * server with tens of MB of state are started.
 *
 * <p>Built with the host's debootstrap, apt-get and mke2fs; debootstrap needs root.
 *
 * @param image what to boot
 * @param packages folder of the packages, which are not yet in the image
 */
public record DebianGuest(GuestImage image, Path packages) {
  /** Memory that the guest is made for. */
  public static final long MEMORY_BYTES = 1L << 30;

  /** TCP port of the Python server with state, once the guest is customised. */
  public static final int PORT = 7000;

  /** Interfaces keep the names that the kernel gives, whatever the machine's slots are. */
  private static final String APPEND = "console=ttyS0 quiet net.ifnames=0";

  private static final Duration PATIENCE = Duration.ofMinutes(30);

  /**
   * Builds the guest, or finds it in the cache. Takes about two minutes the first time.
   *
   * @param cache folder that keeps guests; made when missing
   * @throws MissingProgramException when the host lacks a program
   * @throws HostProgramException when one fails, with what it said
   */
  public static DebianGuest build(Path cache, BuildProgress progress) throws IOException {
    Path root = cache.toAbsolutePath();
    return Apt.use(root, progress, apt -> build(root, apt, progress));
  }

  private static DebianGuest build(Path root, Apt apt, BuildProgress progress) throws IOException {
    List<String> kernel = GuestKernel.packages(apt);
    List<String> named = new ArrayList<>(kernel);
    named.addAll(DebianGuestBuilder.BASE);
    named.addAll(DebianGuestBuilder.CUSTOMISATION);
    Path folder =
        new ContentCache(root, PATIENCE)
            .folder(
                "debian-guest",
                contentOf(apt.find(named)),
                progress,
                into -> new DebianGuestBuilder(into, progress).build(apt, kernel));
    GuestImage image =
        new GuestImage(
            folder.resolve(GuestKernel.KERNEL),
            folder.resolve(GuestKernel.INITRD),
            folder.resolve(DebianGuestBuilder.DISK),
            APPEND,
            MEMORY_BYTES,
            Pattern.compile("cloudlet guest ready"),
            PORT);
    return new DebianGuest(image, folder.resolve(DebianGuestBuilder.PACKAGES));
  }

  /** The named packages stand for what they depend on. */
  private static Digest contentOf(List<DebianPackage> packages) {
    String versions = packages.stream().map(DebianPackage::content).collect(joining(", "));
    String text = versions + " " + GuestKernel.digest() + " " + DebianGuestBuilder.digest();
    return Digest.sha256(text.getBytes(StandardCharsets.UTF_8));
  }
}
