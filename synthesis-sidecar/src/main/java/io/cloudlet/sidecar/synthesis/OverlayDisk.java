package io.cloudlet.sidecar.synthesis;

import io.cloudlet.sidecar.image.DiskChain;
import io.cloudlet.sidecar.image.ImageId;
import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;

/**
 * The disk of an overlay's VM that is about to start. Either all that the overlay changes lies in a
 * layer of the cache, which VMs share and nobody writes to, and the VM's own file is empty; or it
 * comes into the VM's own file. Closing removes all of it unless it is kept.
 */
final class OverlayDisk implements AutoCloseable {
  private final VmDisk own;
  private final Optional<CacheLink> shared;
  private final Optional<VmDisk> filled;

  private OverlayDisk(VmDisk own, Optional<CacheLink> shared, Optional<VmDisk> filled) {
    this.own = own;
    this.shared = shared;
    this.filled = filled;
  }

  /** A disk whose pages are the VM's alone. */
  static OverlayDisk own(OverlayStart start) throws IOException {
    VmDisk disk = VmDisk.create(start.base(), start.target().files().disk());
    return new OverlayDisk(disk, Optional.empty(), Optional.of(disk));
  }

  /** A disk over the layer of the cache, if there is one that can be used. */
  static OverlayDisk cached(OverlayStart start, CacheFiles cache) throws IOException {
    Path layer = layer(start, cache);
    if (!Files.exists(layer)) {
      return own(start);
    }
    if (!DiskChain.leadsTo(layer, start.base().path(ImageId.FIRST_DISK))) {
      // From before the base was moved: QEMU would not find it.
      Files.deleteIfExists(layer);
      return own(start);
    }
    return over(start, layer, Optional.empty());
  }

  /** A disk over a layer that goes to the cache once its pages have come. */
  static OverlayDisk composed(OverlayStart start, CacheFiles draft) throws IOException {
    Path layer = layer(start, draft);
    VmDisk filled = VmDisk.create(start.base(), layer);
    try {
      return over(start, layer, Optional.of(filled));
    } catch (IOException | RuntimeException e) {
      filled.close();
      throw e;
    }
  }

  private static OverlayDisk over(OverlayStart start, Path layer, Optional<VmDisk> filled)
      throws IOException {
    CacheLink link =
        CacheLink.create(start.target().host(), layer, start.target().files().sharedDisk());
    if (!link.isLinked()) {
      if (filled.isPresent()) {
        filled.get().close();
      }
      return own(start);
    }
    try {
      VmDisk own = VmDisk.over(link.file(), length(start), start.target().files().disk());
      return new OverlayDisk(own, Optional.of(link), filled);
    } catch (IOException | RuntimeException e) {
      link.close();
      throw e;
    }
  }

  private static Path layer(OverlayStart start, CacheFiles files) {
    return files.disk(start.manifest().image(ImageId.FIRST_DISK));
  }

  private static long length(OverlayStart start) {
    return start.manifest().images().get(start.manifest().image(ImageId.FIRST_DISK)).length();
  }

  /** Whether other VMs use, or will use, the same layer. */
  boolean isShared() {
    return shared.isPresent();
  }

  /** Plans the pages that have still to come; the caller finishes what is returned. */
  Optional<DiskSink> plan(OverlayStart start, Targets work) throws IOException {
    if (filled.isEmpty()) {
      return Optional.empty();
    }
    FileChannel channel = filled.get().channel();
    return Optional.of(
        DiskSynthesis.plan(start.overlay(), start.images(), ImageId.FIRST_DISK, channel, work));
  }

  /** The VM runs: the files are its own now, and the cache's. */
  void keep() {
    own.keep();
    shared.ifPresent(CacheLink::keep);
    filled.ifPresent(VmDisk::keep);
  }

  @Override
  public void close() throws IOException {
    try (own) {
      if (shared.isPresent()) {
        shared.get().close();
      }
      if (filled.isPresent()) {
        filled.get().close();
      }
    }
  }
}
