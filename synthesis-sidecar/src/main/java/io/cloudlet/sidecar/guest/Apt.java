package io.cloudlet.sidecar.guest;

import io.cloudlet.sidecar.image.CloudletException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
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
  private static final Path ANYWHERE = Path.of("/");

  // 'http://…/busybox-static_1.35.0-4_amd64.deb' busybox-static_1%3a1.35.0-4_amd64.deb 928188
  // SHA256:…
  private static final Pattern URI_LINE =
      Pattern.compile("'([^']+)' (\\S+\\.deb) \\d+ (\\S+:\\S+)");

  private final List<String> options;

  private Apt(List<String> options) {
    this.options = List.copyOf(options);
  }

  /** Work that needs packages. */
  @FunctionalInterface
  interface Use<T> {
    /** Does it with this apt. */
    T with(Apt apt) throws IOException;
  }

  /** Works with the lists of this machine and, when these do not serve, with fresh ones. */
  static <T> T use(Path cache, BuildProgress progress, Use<T> use) throws IOException {
    HostProgramException first;
    try {
      return use.with(new Apt(List.of("-o", AptLists.AS_THIS_USER)));
    } catch (HostProgramException e) {
      if (!e.program().startsWith("apt")) {
        throw e;
      }
      first = e;
    }
    try {
      AptLists own = new AptLists(cache.resolve("apt"), List.of());
      own.update("this machine's sources, since its own do not serve", progress);
      return use.with(new Apt(own.commandLine()));
    } catch (IOException e) {
      e.addSuppressed(first);
      throw e;
    }
  }

  /** What a package depends on whose name begins like this: a metapackage's real package. */
  String dependencyOf(String metapackage, String prefix) throws IOException {
    String text = run("apt-cache", ANYWHERE, LOOKUP, List.of("depends", metapackage));
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

  /** The versions that would be downloaded now, in the order of the names. */
  List<DebianPackage> find(List<String> names) throws IOException {
    List<String> arguments = new ArrayList<>(List.of("download", "--print-uris"));
    arguments.addAll(names);
    List<DebianPackage> found = parseUris(run("apt-get", ANYWHERE, LOOKUP, arguments));
    if (found.size() != names.size()) {
      throw new CloudletException(
          "apt-get knows " + found.size() + " of the packages " + names + "; run apt-get update");
    }
    return found;
  }

  /** Downloads packages into a folder; apt checks them against its signed lists. */
  void download(List<String> names, Path folder) throws IOException {
    List<String> arguments = new ArrayList<>(List.of("-q", "download"));
    arguments.addAll(names);
    run("apt-get", folder, TRANSFER, arguments);
  }

  /**
   * Downloads packages and all that they need which a Debian tree does not have installed yet.
   *
   * @param tree root folder of an installed Debian
   * @param folder where the packages go
   */
  void downloadFor(Path tree, List<String> names, Path folder) throws IOException {
    Files.createDirectories(folder.resolve("partial"));
    List<String> arguments = new ArrayList<>();
    for (String option :
        List.of(
            "Dir::State::status=" + tree.resolve("var/lib/dpkg/status"),
            "Dir::State::extended_states=" + tree.resolve("var/lib/apt/extended_states"),
            "Dir::Cache::archives=" + folder,
            // Of this tree, not of the host: not to be kept.
            "Dir::Cache::pkgcache=",
            "Dir::Cache::srcpkgcache=",
            "Debug::NoLocking=true")) {
      arguments.addAll(List.of("-o", option));
    }
    arguments.addAll(
        List.of("-q", "--yes", "--no-install-recommends", "--download-only", "install"));
    arguments.addAll(names);
    run("apt-get", ANYWHERE, TRANSFER, arguments);
    Files.delete(folder.resolve("partial"));
  }

  static List<DebianPackage> parseUris(String text) {
    return URI_LINE
        .matcher(text)
        .results()
        .map(match -> new DebianPackage(match.group(1), match.group(2), match.group(3)))
        .toList();
  }

  private String run(String program, Path folder, Duration timeout, List<String> arguments)
      throws IOException {
    List<String> all = new ArrayList<>(options);
    all.addAll(arguments);
    return HostProgram.find(program, "apt", timeout).run(folder, all);
  }
}
