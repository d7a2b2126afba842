package io.cloudlet.sidecar.guest;

import io.cloudlet.sidecar.image.CloudletException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Pattern;

/**
 * The host's apt, to look packages up and to fetch them; nothing of the host is changed.
 *
 * <p>Uses the host's package lists, or lists of its own in a folder where the host's are missing or
 * too old, as they are in most containers. Needs no privileges.
 */
final class Apt {
  private static final Duration LOOKUP = Duration.ofMinutes(1);
  private static final Duration TRANSFER = Duration.ofMinutes(10);
  private static final Duration FRESH = Duration.ofHours(12);

  // 'http://…/busybox-static_1.35.0-4_amd64.deb' busybox-static_1%3a1.35.0-4_amd64.deb 928188
  // SHA256:…
  private static final Pattern URI_LINE = Pattern.compile("'[^']+' (\\S+\\.deb) \\d+ (\\S+:\\S+)");

  /** Apt's own user often cannot write where this user can. */
  private static final List<String> AS_THIS_USER = List.of("-o", "APT::Sandbox::User=");

  private final List<String> options;

  private Apt(List<String> options) {
    this.options = options;
  }

  /** With the lists of this machine. */
  static Apt ofHost() {
    return new Apt(AS_THIS_USER);
  }

  /** With fresh lists from the host's sources in {@code folder}, fetched when older than hours. */
  static Apt withOwnLists(Path folder) throws CloudletException, IOException {
    List<String> options = new ArrayList<>(AS_THIS_USER);
    options.addAll(List.of("-o", "Dir::State=" + folder.resolve("state")));
    options.addAll(List.of("-o", "Dir::Cache=" + folder.resolve("cache")));
    options.addAll(List.of("-o", "Dir::State::status=" + folder.resolve("status")));
    Files.createDirectories(folder.resolve("state/lists/partial"));
    Files.createDirectories(folder.resolve("cache/archives/partial"));
    Apt apt = new Apt(List.copyOf(options));
    Path status = folder.resolve("status");
    if (!isFresh(status)) {
      Files.deleteIfExists(status);
      Files.createFile(folder.resolve("status.new"));
      apt.run("apt-get", folder, TRANSFER, List.of("-q", "update"));
      Files.move(folder.resolve("status.new"), status);
    }
    return apt;
  }

  /** What a package depends on whose name begins like this: a metapackage's real package. */
  String dependencyOf(String metapackage, String prefix) throws CloudletException, IOException {
    String text = run("apt-cache", Path.of("/"), LOOKUP, List.of("depends", metapackage));
    return text.lines()
        .map(String::strip)
        .filter(line -> line.startsWith("Depends: " + prefix))
        .map(line -> line.substring("Depends: ".length()))
        .findFirst()
        .orElseThrow(() ->
            new CloudletException(
                "package "
                    + metapackage
                    + " depends on nothing named "
                    + prefix
                    + "…; check the sources in /etc/apt, they have to be Debian's"));
  }

  /** The versions that would be downloaded now. */
  List<DebianPackage> find(List<String> names) throws CloudletException, IOException {
    List<String> arguments = new ArrayList<>(List.of("download", "--print-uris"));
    arguments.addAll(names);
    String text = run("apt-get", Path.of("/"), LOOKUP, arguments);
    List<DebianPackage> found = parseUris(text);
    if (found.size() != names.size()) {
      throw new CloudletException(
          "apt-get knows " + found.size() + " of the packages " + names + "; run apt-get update");
    }
    return found;
  }

  /** Downloads packages into a folder; apt checks them against its signed lists. */
  void download(List<String> names, Path folder) throws CloudletException, IOException {
    List<String> arguments = new ArrayList<>(List.of("-q", "download"));
    arguments.addAll(names);
    run("apt-get", folder, TRANSFER, arguments);
  }

  static List<DebianPackage> parseUris(String text) {
    return URI_LINE
        .matcher(text)
        .results()
        .map(match -> new DebianPackage(match.group(1), match.group(2)))
        .toList();
  }

  private String run(String program, Path folder, Duration timeout, List<String> arguments)
      throws CloudletException, IOException {
    List<String> all = new ArrayList<>(options);
    all.addAll(arguments);
    return HostProgram.find(program, "apt", timeout).run(folder, all);
  }

  private static boolean isFresh(Path status) throws IOException {
    return Files.exists(status)
        && Files.getLastModifiedTime(status).toInstant().isAfter(Instant.now().minus(FRESH));
  }
}
