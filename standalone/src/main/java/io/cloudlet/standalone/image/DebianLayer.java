package io.cloudlet.standalone.image;

import io.cloudlet.sidecar.guest.HostProgram;
import io.cloudlet.sidecar.image.CloudletException;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * The files of Debian packages, unpacked and not installed: no script of theirs runs.
 *
 * @param layer the files
 * @param components the packages
 */
record DebianLayer(Layer layer, List<Component> components) {
  private static final Duration UNPACKING = Duration.ofMinutes(5);
  private static final Pattern NAME = Pattern.compile("([^_]+)_([^_]+)_([^_]+)\\.deb");

  /** What packages depend on for the scripts that install them, and for nothing else. */
  private static final Set<String> FOR_SCRIPTS =
      Set.of(
          "adduser",
          "base-passwd",
          "debconf",
          "debianutils",
          "libdb5.3t64",
          "libdebconfclient0",
          "libpam-modules",
          "libpam-modules-bin",
          "libsemanage-common",
          "libsemanage2",
          "libsepol2",
          "login.defs",
          "passwd");

  private static final List<String> UNWANTED =
      List.of(
          "usr/share/man",
          "usr/share/locale",
          "usr/share/info",
          "usr/share/lintian",
          "usr/share/bug",
          "usr/share/doc-base",
          "usr/share/bash-completion",
          "usr/include",
          "var");

  private static final Pattern LICENCE = Pattern.compile("usr/share/doc/[^/]+/copyright");

  /**
   * Unpacks packages.
   *
   * @param room an empty folder, which has to stay until the layer has been written
   */
  static DebianLayer unpack(List<Path> packages, Path room) throws IOException {
    HostProgram dpkg = HostProgram.find("dpkg-deb", "dpkg", UNPACKING);
    Layer layer = new Layer("Debian packages");
    MergedUsr.putInto(layer);
    List<Component> components = new ArrayList<>();
    for (Path file : packages) {
      Component component = component(file);
      if (!FOR_SCRIPTS.contains(component.name())) {
        // Apart from each other: a link of one cannot lead another's files elsewhere.
        Path tree = room.resolve(component.name());
        dpkg.run(room, List.of("-x", file.toString(), tree.toString()));
        layer.putTree("", tree, DebianLayer::isWanted);
        components.add(component);
      }
    }
    return new DebianLayer(layer, components);
  }

  static boolean isWanted(String path) {
    if (path.startsWith("usr/share/doc/")) {
      return LICENCE.matcher(path).matches();
    }
    return UNWANTED.stream().noneMatch(root -> path.equals(root) || path.startsWith(root + "/"));
  }

  static Component component(Path file) throws IOException {
    Matcher name = NAME.matcher(file.getFileName().toString());
    if (!name.matches()) {
      throw new CloudletException(file + " is not named like a package; remove it and try again");
    }
    // The colon of an epoch, which apt does not put into file names.
    String version = name.group(2).replace("%3a", ":");
    String purl =
        "pkg:deb/debian/"
            + escape(name.group(1))
            + "@"
            + escape(version)
            + "?arch="
            + name.group(3);
    return new Component(
        "library",
        Optional.empty(),
        name.group(1),
        version,
        Optional.of(purl),
        Optional.of(Sha256.of(file)));
  }

  private static String escape(String text) {
    return text.replace("+", "%2B").replace(":", "%3A");
  }
}
