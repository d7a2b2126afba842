package io.cloudlet.sidecar.guest;

import static java.util.stream.Collectors.joining;

import io.cloudlet.sidecar.image.Digest;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.regex.Pattern;

/**
 * A guest that boots in a few seconds even without hardware support: Debian's cloud kernel, a
 * static busybox, and an application with state in memory and on disk (see {@link
 * GuestApplication}).
 *
 * <p>Built from Debian packages with the host's apt-get, dpkg-deb and mke2fs; needs no privileges.
 */
public final class SmallGuest {
  /** Memory that the guest is made for. */
  public static final long MEMORY_BYTES = 256L << 20;

  /** TCP port at which the guest answers. */
  public static final int PORT = 8080;

  /** A short commit interval: what the application wrote is soon on the disk itself. */
  private static final String APPEND = "console=ttyS0 quiet rootflags=commit=1";

  private static final Duration PATIENCE = Duration.ofMinutes(10);

  private SmallGuest() {}

  /** Where guests are kept: {@code CLOUDLET_CACHE}, or {@code ~/.cache/cloudlet}. */
  public static Path defaultCache() {
    return ContentCache.defaultRoot();
  }

  /**
   * Builds the guest, or finds it in the cache. Takes some seconds the first time.
   *
   * @param cache folder that keeps guests; made when missing
   * @throws MissingProgramException when the host lacks a program
   * @throws HostProgramException when one fails, with what it said
   */
  public static GuestImage build(Path cache, BuildProgress progress) throws IOException {
    Path root = cache.toAbsolutePath();
    return Apt.use(root, progress, apt -> build(root, apt, progress));
  }

  private static GuestImage build(Path root, Apt apt, BuildProgress progress) throws IOException {
    List<String> packages = GuestKernel.packages(apt);
    Path folder =
        new ContentCache(root, PATIENCE)
            .folder(
                "small-guest",
                contentOf(apt.find(packages)),
                progress,
                into -> new SmallGuestBuilder(into, progress).build(apt, packages));
    return new GuestImage(
        folder.resolve(GuestKernel.KERNEL),
        folder.resolve(GuestKernel.INITRD),
        folder.resolve(SmallGuestBuilder.DISK),
        APPEND,
        MEMORY_BYTES,
        Pattern.compile("cloudlet guest ready"),
        PORT);
  }

  private static Digest contentOf(List<DebianPackage> packages) {
    String versions = packages.stream().map(DebianPackage::content).collect(joining(", "));
    String text = versions + " " + GuestKernel.digest() + " " + SmallGuestBuilder.digest();
    return Digest.sha256(text.getBytes(StandardCharsets.UTF_8));
  }
}
