package io.cloudlet.sidecar.base;

import io.cloudlet.sidecar.image.Digest;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/** Which base VMs lie in a store's folder, and which one somebody means. Opens none of them. */
final class BaseCatalog {
  private static final Pattern HEX = Pattern.compile("[0-9a-f]{64}");
  private static final Pattern PREFIX = Pattern.compile("[0-9a-f]{4,64}");
  private static final String ALGORITHM = "sha256:";

  private final Path root;

  BaseCatalog(Path root) {
    this.root = root;
  }

  Path folder(Digest digest) {
    return root.resolve(digest.hex());
  }

  List<BaseEntry> list() throws IOException {
    try (Stream<Path> folders = Files.list(root)) {
      return folders
          .filter(folder -> HEX.matcher(folder.getFileName().toString()).matches())
          .map(BaseCatalog::entry)
          .sorted(Comparator.comparing(entry -> entry.name().text()))
          .toList();
    }
  }

  Optional<BaseEntry> find(Digest digest) {
    Path folder = folder(digest);
    return Files.isDirectory(folder) ? Optional.of(entry(folder)) : Optional.empty();
  }

  BaseEntry find(String text) throws IOException {
    List<BaseEntry> all = list();
    Optional<BaseEntry> named =
        all.stream().filter(entry -> entry.name().text().equals(text)).findFirst();
    if (named.isPresent()) {
      return named.get();
    }
    String prefix = text.startsWith(ALGORITHM) ? text.substring(ALGORITHM.length()) : text;
    List<BaseEntry> found =
        PREFIX.matcher(prefix).matches()
            ? all.stream().filter(entry -> entry.digest().hex().startsWith(prefix)).toList()
            : List.of();
    if (found.size() > 1) {
      throw new NoSuchBaseException(
          found.size() + " base VMs have digests that begin with " + prefix + "; give more digits");
    }
    return found.stream()
        .findFirst()
        .orElseThrow(() ->
            new NoSuchBaseException(
                "there is no base VM " + text + "; `cloudlet base ls` shows what there is"));
  }

  void refuseDigest(Digest digest) throws DuplicateBaseException {
    Optional<BaseEntry> there = find(digest);
    if (there.isPresent()) {
      throw new DuplicateBaseException(
          "this base VM is here already: " + there.get().name() + ", " + digest);
    }
  }

  void refuseName(BaseName name) throws IOException {
    for (BaseEntry entry : list()) {
      if (entry.name().equals(name)) {
        throw new DuplicateBaseException(
            "another base VM is called "
                + name
                + " already ("
                + entry.digest().shortHex()
                + "); choose another name, or remove that one");
      }
    }
  }

  /** A name that cannot be read must not hide a base VM: its digest is a name as well. */
  private static BaseEntry entry(Path folder) {
    Digest digest = new Digest(folder.getFileName().toString());
    BaseName name;
    try {
      name = new BaseName(Files.readString(new BaseFiles(folder).name()).strip());
    } catch (IOException | IllegalArgumentException e) {
      name = new BaseName(digest.shortHex());
    }
    return new BaseEntry(name, digest, folder);
  }
}
