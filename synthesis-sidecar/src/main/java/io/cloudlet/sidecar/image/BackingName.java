package io.cloudlet.sidecar.image;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.util.Optional;
import java.util.regex.Pattern;

/**
 * The name of the backing file in a qcow2 header, which nobody has checked yet.
 *
 * @param file whose header it is
 * @param text never a protocol or an option string where it is followed
 */
record BackingName(Path file, String text) {
  /** Neither a folder nor a protocol, which a colon would end. */
  private static final Pattern BARE = Pattern.compile("[A-Za-z0-9_][A-Za-z0-9._-]*");

  static BackingName of(Path file, Optional<String> name) throws BackingFileException {
    String text =
        name.orElseThrow(() -> new BackingFileException(file.toString(), "", "is missing"));
    return new BackingName(file, text);
  }

  /**
   * Whether it is the base's raw disk. A name from before the base's folder was moved counts as
   * well, by its last two parts: no other base has a folder of that name.
   */
  boolean isBase(Path base) throws IOException {
    Optional<Path> named = absolute();
    if (named.isEmpty() || Files.exists(named.get())) {
      return leadsTo(base);
    }
    Path absolute = base.toAbsolutePath();
    int parts = absolute.getNameCount();
    return parts >= 2 && named.get().endsWith(absolute.subpath(parts - 2, parts));
  }

  /** Whether whoever opens the file finds this base's disk below it. */
  boolean leadsTo(Path base) throws IOException {
    Optional<Path> named = absolute();
    return named.isPresent() && Files.exists(named.get()) && Files.isSameFile(named.get(), base);
  }

  Optional<Path> absolute() {
    try {
      return text.startsWith("/") ? Optional.of(Path.of(text)) : Optional.empty();
    } catch (InvalidPathException e) {
      return Optional.empty();
    }
  }

  /** A layer beside the file that names it. */
  Path inSameFolder() throws BackingFileException {
    if (!BARE.matcher(text).matches()) {
      throw refused("is neither the expected base's disk nor a file beside it");
    }
    Path layer = file.resolveSibling(text);
    if (!Files.isRegularFile(layer, LinkOption.NOFOLLOW_LINKS)) {
      throw refused("is not there, or no file");
    }
    return layer;
  }

  BackingFileException refused(String reason) {
    return new BackingFileException(file.toString(), text, reason);
  }
}
