package io.cloudlet.sidecar.agent.cache;

import io.cloudlet.sidecar.base.BaseEntry;
import io.cloudlet.sidecar.base.BaseStore;
import io.cloudlet.sidecar.image.Allocated;
import io.cloudlet.sidecar.image.Digest;
import io.cloudlet.sidecar.node.BaseUse;
import io.cloudlet.sidecar.node.DataDirectory;
import io.cloudlet.sidecar.node.Downloads;
import io.cloudlet.sidecar.node.ResourceLock;
import io.cloudlet.sidecar.node.VmRecord;
import io.cloudlet.sidecar.node.VmRegistry;
import io.cloudlet.sidecar.synthesis.RamCache;
import java.io.IOException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.BooleanSupplier;
import java.util.stream.Collectors;

/**
 * Keeps base VMs, their packages and memory of overlays below a number of bytes.
 *
 * <p>Packages go first, as they can be made or fetched again; then base VMs that nobody wants and
 * no VM stands on; then memory of overlays. In each kind, what was used longest ago goes first.
 * Thread-safe, and safe against VMs that start meanwhile.
 */
public final class CacheLimit {
  private final DataDirectory data;
  private final Packages packages;
  private final long limit;
  private final Holds holds = new Holds();

  /** Base VMs never change, and asking for their holes takes a while. */
  private final Map<Digest, Long> sizes = new ConcurrentHashMap<>();

  /**
   * A limit for a data directory.
   *
   * @param limit bytes on disk, more than 0
   */
  public CacheLimit(DataDirectory data, Packages packages, long limit) {
    this.data = data;
    this.packages = packages;
    this.limit = limit;
  }

  /** What is taken now. */
  public CacheUsage usage() throws IOException {
    long bases = 0;
    for (BaseEntry base : BaseStore.at(data.bases()).list()) {
      bases += bytes(base.digest());
    }
    long waiting = sum(data.temporary(), Downloads.PACKAGE + "*.download*");
    return new CacheUsage(
        limit,
        bases,
        sum(data.packages(), "*") + waiting,
        memory(),
        Files.getFileStore(data.root()).getUsableSpace());
  }

  /** Bytes on disk of a base VM; 0 when it is not here. */
  public long bytes(Digest base) throws IOException {
    Long known = sizes.get(base);
    if (known != null) {
      return known;
    }
    try {
      long bytes = Allocated.bytes(data.bases().resolve(base.hex()));
      sizes.put(base, bytes);
      return bytes;
    } catch (NoSuchFileException e) {
      return 0;
    }
  }

  /** Nothing of this base VM goes until what is returned is closed. */
  Holds.Hold hold(Digest base) {
    return holds.hold(base);
  }

  /**
   * Removes until the limit is kept, or nothing is left that may go.
   *
   * @param wanted base VMs that stay though nothing uses them
   * @return bytes that are over the limit nevertheless; 0 when it is kept
   */
  public long evict(Set<Digest> wanted) throws IOException {
    Downloads.removeOld(data.temporary(), Instant.now());
    return Math.max(0, remove(usage().used() - limit, candidates(wanted)));
  }

  /**
   * Makes room for something that is about to come.
   *
   * @param what it is, for the message
   * @param needed bytes
   * @throws NoRoomException when it cannot be had; nothing has been removed then
   */
  public void require(String what, long needed, Set<Digest> wanted) throws IOException {
    CacheUsage usage = usage();
    List<Candidate> candidates = candidates(wanted);
    long idle = new RamCache(data.ramCache(), limit).idleBytes();
    long possible = candidates.stream().mapToLong(Candidate::bytes).sum() + idle;
    long available = Math.min(limit - usage.used(), usage.free()) + possible;
    if (needed > available) {
      throw new NoRoomException(what, needed, Math.max(0, available), usage);
    }
    if (needed > usage.room()) {
      remove(needed - Math.min(limit - usage.used(), usage.free()), candidates);
    }
  }

  /** Something that may go. */
  private record Candidate(Digest base, boolean isPackage, long bytes, Instant used) {}

  private List<Candidate> candidates(Set<Digest> wanted) throws IOException {
    List<Candidate> found = new ArrayList<>();
    try (DirectoryStream<Path> files =
        Files.newDirectoryStream(data.packages(), "*" + Packages.ENDING)) {
      for (Path file : files) {
        String hex = file.getFileName().toString().replace(Packages.ENDING, "");
        if (hex.matches("[0-9a-f]{64}") && isFree(new Digest(hex))) {
          Instant used = Files.getLastModifiedTime(file).toInstant();
          found.add(new Candidate(new Digest(hex), true, Files.size(file), used));
        }
      }
    }
    Set<String> used =
        new VmRegistry(data).list().stream().map(VmRecord::base).collect(Collectors.toSet());
    for (BaseEntry base : BaseStore.at(data.bases()).list()) {
      Digest digest = base.digest();
      if (!wanted.contains(digest) && !used.contains(digest.toString()) && isFree(digest)) {
        Instant last = BaseUse.last(data, digest);
        found.add(new Candidate(digest, false, bytes(digest), last));
      }
    }
    found.sort(
        Comparator.comparing(Candidate::isPackage)
            .reversed()
            .thenComparing(candidate -> wanted.contains(candidate.base()))
            .thenComparing(Candidate::used));
    return found;
  }

  private boolean isFree(Digest base) {
    return !holds.isHeld(base) && !packages.isBusy(base, Instant.now());
  }

  /** Removes so many bytes; gives back how many are missing then, or less than 0. */
  private long remove(long excess, List<Candidate> candidates) throws IOException {
    long left = excess;
    for (Candidate candidate : candidates) {
      if (left <= 0) {
        return left;
      }
      if (remove(candidate)) {
        left -= candidate.bytes();
      }
    }
    if (left > 0) {
      long before = memory();
      left -= before - new RamCache(data.ramCache(), Math.max(0, before - left)).evict();
    }
    return left;
  }

  private boolean remove(Candidate candidate) throws IOException {
    Digest digest = candidate.base();
    if (candidate.isPackage()) {
      return isFree(digest) && Files.deleteIfExists(packages.file(digest));
    }
    return remove(digest, () -> isFree(digest));
  }

  /**
   * Removes a base VM and its package at once, unless a VM stands on it or somebody works with it.
   *
   * @return whether it was there and is not any more
   */
  public boolean remove(Digest base) throws IOException {
    return !holds.isHeld(base) && packages.remove(base) && remove(base, () -> !holds.isHeld(base));
  }

  private boolean remove(Digest digest, BooleanSupplier free) throws IOException {
    // A VM that starts takes the same lock to become a user.
    try (ResourceLock _ = data.lockBases()) {
      VmRegistry vms = new VmRegistry(data);
      var base = BaseStore.at(data.bases()).find(digest);
      if (base.isEmpty() || !free.getAsBoolean() || !vms.usersOf(digest.toString()).isEmpty()) {
        return false;
      }
      BaseStore.at(data.bases()).remove(base.get(), _ -> List.of());
      sizes.remove(digest);
      return true;
    }
  }

  private long memory() throws IOException {
    return new RamCache(data.ramCache(), Long.MAX_VALUE).evict();
  }

  /** Packages have no holes, and downloads are as large as they have come. */
  private static long sum(Path folder, String names) throws IOException {
    long sum = 0;
    try (DirectoryStream<Path> files = Files.newDirectoryStream(folder, names)) {
      for (Path file : files) {
        try {
          sum += Allocated.bytes(file);
        } catch (NoSuchFileException e) {
          // Renamed while it was looked at: the next look finds it.
        }
      }
    }
    return sum;
  }
}
