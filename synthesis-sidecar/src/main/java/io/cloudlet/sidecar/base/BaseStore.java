package io.cloudlet.sidecar.base;

import io.cloudlet.sidecar.image.Digest;
import io.cloudlet.sidecar.image.Folders;
import io.cloudlet.sidecar.image.Partials;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.function.LongConsumer;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/**
 * The base VMs of this machine: a folder each, named by digest, complete or not there at all, and
 * never changed. Thread-safe, and safe against other processes that use the same store.
 */
public final class BaseStore {
  private static final Pattern HEX = Pattern.compile("[0-9a-f]{64}");
  private static final Pattern PREFIX = Pattern.compile("[0-9a-f]{4,64}");
  private static final String ALGORITHM = "sha256:";

  private final Path root;

  private BaseStore(Path root) {
    this.root = root;
  }

  /** Opens the store in a folder; makes the folder when it is missing. */
  public static BaseStore at(Path root) throws IOException {
    return new BaseStore(Folders.create(root.toAbsolutePath()));
  }

  /** Where the store lies. */
  public Path root() {
    return root;
  }

  /** All base VMs, by name. */
  public List<BaseEntry> list() throws IOException {
    try (Stream<Path> folders = Files.list(root)) {
      return folders
          .filter(folder -> HEX.matcher(folder.getFileName().toString()).matches())
          .map(BaseStore::entry)
          .sorted(Comparator.comparing(entry -> entry.name().text()))
          .toList();
    }
  }

  /** The base VM with this digest. */
  public Optional<BaseEntry> find(Digest digest) {
    Path folder = folder(digest);
    return Files.isDirectory(folder) ? Optional.of(entry(folder)) : Optional.empty();
  }

  /**
   * The base VM that someone means: by name, digest, or the first four or more digits of its digest
   * when no other begins like it.
   *
   * @throws NoSuchBaseException when none is meant, or several are
   */
  public BaseEntry find(String text) throws IOException {
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

  /** Opens a base VM; the caller closes it. */
  public BaseVm open(BaseEntry entry) throws IOException {
    return BaseVm.open(entry.files(), entry.digest());
  }

  /**
   * Opens the base VM with this digest; the caller closes it.
   *
   * @throws NoSuchBaseException when it is not here
   */
  public BaseVm open(Digest digest) throws IOException {
    return open(
        find(digest)
            .orElseThrow(() ->
                new NoSuchBaseException(
                    "base VM "
                        + digest
                        + " is not on this machine; get it with `cloudlet base import`")));
  }

  /**
   * Begins a new base VM.
   *
   * @throws DuplicateBaseException when the name is taken
   */
  public BaseDraft draft(BaseName name) throws IOException {
    refuseName(name);
    return new BaseDraft(this, name, root.resolve(name.text()));
  }

  /**
   * Recomputes every digest of a base VM.
   *
   * @param progress told the bytes of each file when it has been read
   * @throws io.cloudlet.sidecar.image.CorruptException naming the first file that differs, and
   *     where
   */
  public void verify(BaseEntry entry, LongConsumer progress) throws IOException {
    try (BaseVm base = open(entry)) {
      new BaseVerification(base, entry.files(), progress).run();
    }
  }

  /**
   * Removes a base VM that nothing uses. Who adds users has to be kept from doing so meanwhile.
   *
   * @throws BaseInUseException when something does
   */
  public void remove(BaseEntry entry, BaseUsers users) throws IOException {
    List<String> names = users.of(entry.digest());
    if (!names.isEmpty()) {
      throw new BaseInUseException(entry.name(), names);
    }
    Path doomed = Partials.siblingOf(entry.folder());
    Files.move(entry.folder(), doomed, StandardCopyOption.ATOMIC_MOVE);
    Folders.force(root);
    Partials.deleteTree(doomed);
  }

  /** Removes what dead processes left half done; gives back what that was. */
  public List<Path> clean() throws IOException {
    return Partials.clean(root);
  }

  Path folder(Digest digest) {
    return root.resolve(digest.hex());
  }

  /** Gives a complete and flushed folder its final name. */
  void publish(Path complete, Digest digest, BaseName name) throws IOException {
    try (StoreLock _ = StoreLock.acquire(root)) {
      refuseDigest(digest);
      refuseName(name);
      Files.move(complete, folder(digest), StandardCopyOption.ATOMIC_MOVE);
    }
    Folders.force(root);
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
