package io.cloudlet.standalone.image;

import io.cloudlet.sidecar.guest.HostProgram;
import io.cloudlet.sidecar.image.CloudletException;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * The archives of a release of Debian, in the form of a sources.list.
 *
 * @param suite such as {@code trixie}
 * @param sources lines of a sources.list
 */
record DebianMirror(String suite, List<String> sources) {
  private static final Path KEYRING = Path.of("/usr/share/keyrings/debian-archive-keyring.gpg");
  private static final Duration LOOKUP = Duration.ofMinutes(1);
  private static final int ID_DIGITS = 12;

  /** Has a QEMU of 2025; older ones cannot map a base VM's memory read-only. */
  static final String PREFERRED = "trixie";

  /**
   * A release of Debian, from where this machine gets its own packages or where
   * CLOUDLET_DEBIAN_MIRROR says. With updates of the release and of its security, unless the mirror
   * was said: it may have the release alone.
   */
  static DebianMirror of(String suite, Map<String, String> environment) throws IOException {
    if (!Files.isReadable(KEYRING)) {
      throw new CloudletException(
          KEYRING
              + " is missing, by which packages are verified; install it with:"
              + " apt-get install debian-archive-keyring");
    }
    String said = environment.getOrDefault("CLOUDLET_DEBIAN_MIRROR", "");
    List<String> known = said.isBlank() ? archives() : List.of();
    String main = said.isBlank() ? uri(known, "Debian").orElse("") : said;
    if (main.isEmpty()) {
      throw new CloudletException(
          "apt knows no mirror of Debian on this machine; set CLOUDLET_DEBIAN_MIRROR to one");
    }
    List<String> lines = new ArrayList<>();
    lines.add(line(main, suite));
    if (said.isBlank()) {
      lines.add(line(main, suite + "-updates"));
    }
    uri(known, "Debian-Security").ifPresent(it -> lines.add(line(it, suite + "-security")));
    return new DebianMirror(suite, List.copyOf(lines));
  }

  private static String line(String archive, String suite) {
    return "deb [signed-by=" + KEYRING + "] " + archive + " " + suite + " main";
  }

  /** Differs for mirrors with other archives. */
  String id() {
    byte[] all = String.join("\n", sources).getBytes(StandardCharsets.UTF_8);
    return Sha256.of(all).substring(0, ID_DIGITS);
  }

  private static List<String> archives() throws IOException {
    return HostProgram.find("apt-get", "apt", LOOKUP)
        .run(
            Path.of("/"),
            List.of("indextargets", "--format", "$(LABEL) $(REPO_URI)", "Identifier: Packages"))
        .lines()
        .toList();
  }

  private static Optional<String> uri(List<String> archives, String label) {
    return archives.stream()
        .filter(line -> line.startsWith(label + " "))
        .map(line -> line.substring(label.length() + 1))
        .findFirst();
  }
}
