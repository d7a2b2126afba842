package io.cloudlet.sidecar.guest;

import io.cloudlet.sidecar.image.CloudletException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;

/** Debian's own installer into a folder. */
final class Debootstrap {
  private static final Duration INSTALLING = Duration.ofMinutes(20);
  private static final Path RELEASE = Path.of("/etc/os-release");

  private Debootstrap() {}

  /** Installs the release of this machine, from the archive that this machine uses. */
  static void install(Apt apt, List<String> packages, Path tree) throws IOException {
    HostProgram debootstrap = HostProgram.find("debootstrap", "debootstrap", INSTALLING);
    if (!"root".equals(System.getProperty("user.name"))) {
      throw new CloudletException(
          "the Debian guest is installed with debootstrap, which needs root; run this as root, in"
              + " a container for instance");
    }
    String mirror = apt.find(List.of("base-files")).getFirst().mirror();
    debootstrap.run(
        Path.of("/"),
        List.of(
            "--variant=minbase",
            "--include=" + String.join(",", packages),
            suite(),
            tree.toString(),
            mirror));
  }

  private static String suite() throws IOException {
    return Files.readAllLines(RELEASE).stream()
        .filter(line -> line.startsWith("VERSION_CODENAME="))
        .map(line -> line.substring("VERSION_CODENAME=".length()))
        .findFirst()
        .orElseThrow(() ->
            new CloudletException(
                RELEASE + " names no VERSION_CODENAME; run this on a release of Debian"));
  }
}
