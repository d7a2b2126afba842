package io.cloudlet.sidecar.synthesis;

import io.cloudlet.sidecar.base.BaseVm;
import io.cloudlet.sidecar.image.ImageCopy;
import io.cloudlet.sidecar.image.ImageId;
import io.cloudlet.sidecar.image.ImageKind;
import io.cloudlet.sidecar.overlay.OverlayImage;
import io.cloudlet.sidecar.overlay.OverlayManifest;
import io.cloudlet.sidecar.overlay.OverlayReader;
import java.io.IOException;
import java.nio.file.FileSystemException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Starts an overlay's VM from the files that an earlier synthesis left in the cache. */
final class MappedStart {
  /** The VM's hard link to the memory that it maps: keeps it, and shows that it is in use. */
  static final String MEMORY_LINK = "memory.raw";

  private final OverlayReader overlay;
  private final StateBlobs blobs;
  private final VmTarget target;
  private final Duration stall;

  MappedStart(OverlayReader overlay, StateBlobs blobs, VmTarget target, Duration stall) {
    this.overlay = overlay;
    this.blobs = blobs;
    this.target = target;
    this.stall = stall;
  }

  /** The running VM; empty when the cache lost its files meanwhile. */
  Optional<Synthesized> run(BaseVm base, CacheFiles cached) throws IOException {
    OverlayManifest manifest = overlay.manifest();
    Path link = target.files().folder().resolve(MEMORY_LINK);
    try (UnfinishedFile disk = new UnfinishedFile(target.files().disk());
        UnfinishedFile memory = new UnfinishedFile(link);
        VmResume vm = new VmResume(target, stall)) {
      Path mapped;
      try {
        mapped = link(cached.memory(manifest.image(MemoryBlocks.MAIN)), link);
        ImageCopy.copy(cached.disk(manifest.image(ImageId.FIRST_DISK)), target.files().disk());
      } catch (NoSuchFileException e) {
        return Optional.empty();
      }
      vm.start(base, mapped);
      vm.load(new WholeStream(blocks(manifest), files(manifest, cached), blobs));
      Synthesized result = vm.run(Way.MAPPED, new StageTimes(0, 0, 0, 0));
      disk.keep();
      memory.keep();
      return Optional.of(result);
    }
  }

  /** Links the file, or names it where it lies when that is another file system. */
  private static Path link(Path file, Path link) throws IOException {
    try {
      return Files.createLink(link, file);
    } catch (NoSuchFileException e) {
      throw e;
    } catch (FileSystemException | UnsupportedOperationException e) {
      return file;
    }
  }

  static MemoryBlocks blocks(OverlayManifest manifest) {
    List<ImageId> ids = manifest.images().stream().map(OverlayImage::id).toList();
    return MemoryBlocks.of(ids, manifest.images().stream().map(OverlayImage::length).toList());
  }

  private static Map<ImageId, Path> files(OverlayManifest manifest, CacheFiles cached) {
    Map<ImageId, Path> files = new HashMap<>();
    for (int image = 0; image < manifest.images().size(); image++) {
      ImageId id = manifest.images().get(image).id();
      if (id.kind() == ImageKind.MEMORY) {
        files.put(id, cached.memory(image));
      }
    }
    return files;
  }
}
