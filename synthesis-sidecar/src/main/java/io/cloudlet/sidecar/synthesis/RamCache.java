package io.cloudlet.sidecar.synthesis;

import io.cloudlet.sidecar.image.Digest;
import io.cloudlet.sidecar.image.Folders;
import io.cloudlet.sidecar.image.Partials;
import java.io.IOException;
import java.nio.file.DirectoryStream;
import java.nio.file.FileSystemException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.attribute.FileTime;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;

/**
 * Overlays that were synthesised on this node before, up to a number of bytes; what was used
 * longest ago and by no VM goes first.
 *
 * <p>Several processes may use one folder: entries come and go by renaming. A VM that needs a file
 * for longer makes a hard link to it ({@link CacheFiles#inUse}); what is removed from the cache
 * stays readable under that link, and to whoever has it open or mapped. Thread-safe.
 */
public final class RamCache {
  private record Entry(CacheFiles files, long bytes, FileTime used) {}

  private final Path folder;
  private final long limit;

  /**
   * A cache in a folder, which is made when it is missing.
   *
   * @param limit bytes on disk, at least 0; 0 keeps nothing
   */
  public RamCache(Path folder, long limit) {
    this.folder = folder;
    this.limit = limit;
  }

  /**
   * The entry of an overlay, which counts as used now. One that a power cut may have damaged is
   * none.
   */
  public Optional<CacheFiles> find(Digest overlay) throws IOException {
    Path entry = folder.resolve(overlay.hex());
    if (!Files.isDirectory(entry)) {
      return Optional.empty();
    }
    try {
      Files.setLastModifiedTime(entry, FileTime.from(Instant.now()));
    } catch (NoSuchFileException e) {
      return Optional.empty();
    }
    CacheFiles files = new CacheFiles(entry);
    if (!files.isTrusted()) {
      remove(files);
      return Optional.empty();
    }
    return Optional.of(files);
  }

  /** Begins an entry; the caller fills the empty folder, publishes it and closes it. */
  CacheDraft draft(Digest overlay) throws IOException {
    Path target = Folders.create(folder).resolve(overlay.hex());
    Path partial = Folders.create(Partials.siblingOf(target));
    return new CacheDraft(this, overlay, new CacheFiles(partial));
  }

  /** Makes the files of a draft an entry, then evicts down to the limit: maybe this very entry. */
  Optional<CacheFiles> publish(Digest overlay, CacheFiles draft) throws IOException {
    if (draft.bytes() <= limit) {
      draft.trustUntilReboot();
      rename(draft.folder(), folder.resolve(overlay.hex()));
    }
    evict();
    return find(overlay);
  }

  private static void rename(Path draft, Path target) throws IOException {
    try {
      Files.move(draft, target, StandardCopyOption.ATOMIC_MOVE);
    } catch (FileSystemException e) {
      if (!Files.isDirectory(target)) {
        throw e;
      }
      // Another process was faster; its files are as good.
    }
  }

  /** How many bytes an entry may have. */
  long limit() {
    return limit;
  }

  /** Where the entries lie. */
  Path folder() {
    return folder;
  }

  /**
   * Removes what is over the limit and in no VM's use.
   *
   * @return how many bytes all entries take then
   */
  public long evict() throws IOException {
    List<Entry> entries = entries();
    entries.sort(Comparator.comparing(Entry::used));
    long total = entries.stream().mapToLong(Entry::bytes).sum();
    for (Entry entry : entries) {
      if (total <= limit) {
        break;
      }
      if (remove(entry.files())) {
        total -= entry.bytes();
      }
    }
    return total;
  }

  /**
   * Removes the entry of an overlay, if there is one, unless a VM uses it.
   *
   * @return whether it was there and is not any more
   */
  public boolean remove(Digest overlay) throws IOException {
    CacheFiles files = new CacheFiles(folder.resolve(overlay.hex()));
    try {
      return Files.isDirectory(files.folder()) && remove(files);
    } catch (NoSuchFileException e) {
      return false; // Another process evicted it meanwhile.
    }
  }

  /** Bytes of the entries that no VM uses, which {@link #evict} may remove. */
  public long idleBytes() throws IOException {
    long sum = 0;
    for (Entry entry : entries()) {
      try {
        sum += entry.files().inUse() ? 0 : entry.bytes();
      } catch (NoSuchFileException e) {
        // Another process evicted it meanwhile.
      }
    }
    return sum;
  }

  private boolean remove(CacheFiles files) throws IOException {
    if (files.inUse()) {
      return false;
    }
    Path gone = Partials.siblingOf(files.folder());
    try {
      Files.move(files.folder(), gone, StandardCopyOption.ATOMIC_MOVE);
    } catch (NoSuchFileException e) {
      return true;
    }
    Partials.deleteTree(gone);
    return true;
  }

  private List<Entry> entries() throws IOException {
    List<Entry> entries = new ArrayList<>();
    if (!Files.isDirectory(folder)) {
      return entries;
    }
    try (DirectoryStream<Path> names = Files.newDirectoryStream(folder)) {
      for (Path name : names) {
        if (!Partials.isPartial(name)) {
          CacheFiles files = new CacheFiles(name);
          try {
            entries.add(new Entry(files, files.bytes(), Files.getLastModifiedTime(name)));
          } catch (NoSuchFileException e) {
            // Another process evicted it meanwhile.
          }
        }
      }
    }
    return entries;
  }
}
