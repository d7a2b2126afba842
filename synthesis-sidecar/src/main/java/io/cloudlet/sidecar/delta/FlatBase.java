package io.cloudlet.sidecar.delta;

import io.cloudlet.sidecar.base.PageIndex;
import io.cloudlet.sidecar.image.CloudletException;
import io.cloudlet.sidecar.image.Folders;
import io.cloudlet.sidecar.image.ImageDigest;
import io.cloudlet.sidecar.image.ImageId;
import io.cloudlet.sidecar.image.MappedImage;
import io.cloudlet.sidecar.image.Page;
import io.cloudlet.sidecar.image.PageRuns;
import io.cloudlet.sidecar.image.Partials;
import io.cloudlet.sidecar.image.SparseFile;
import io.cloudlet.sidecar.overlay.BaseImageRef;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * The state that a difference is taken from or applied to, as flat images. Raw files are used where
 * they are; qcow2 files and migration streams are unpacked into a folder that goes away with this.
 */
public final class FlatBase implements AutoCloseable {
  private final Path folder;
  private final Map<ImageId, MappedImage> images = new LinkedHashMap<>();

  private FlatBase(Path folder) {
    this.folder = folder;
  }

  /**
   * Opens the files of a state.
   *
   * @param work a folder with room for what has to be unpacked
   * @throws CloudletException when a file is missing or not of a form that can be used
   */
  public static FlatBase open(StateFiles files, Path work) throws IOException {
    FlatBase base = new FlatBase(Folders.create(Partials.siblingOf(work.resolve("base"))));
    try {
      if (files.disk() != null) {
        base.images.put(ImageId.FIRST_DISK, base.disk(files.disk()));
      }
      if (files.memory() != null) {
        base.memory(files.memory());
      }
      return base;
    } catch (IOException | RuntimeException | Error e) {
      base.close();
      throw e;
    }
  }

  /** An image, if the state has it; open as long as this. */
  public Optional<MappedImage> image(ImageId id) {
    return Optional.ofNullable(images.get(id));
  }

  /**
   * The raw file of an image, for as long as this is open.
   *
   * @throws CloudletException when the state has no such image
   */
  public Path path(ImageId id) throws CloudletException {
    return image(id)
        .map(MappedImage::path)
        .orElseThrow(
            () -> new CloudletException("the base has no " + id + "; give the file that holds it"));
  }

  /** Builds an index of all pages; the caller closes it. */
  PageIndex index() throws IOException {
    return PageIndex.of(folder, List.copyOf(images.values()));
  }

  /** The view for an encoder. */
  BaseView view(PageIndex index) throws IOException {
    List<BaseImageRef> refs = new ArrayList<>();
    for (Map.Entry<ImageId, MappedImage> entry : images.entrySet()) {
      MappedImage image = entry.getValue();
      refs.add(new BaseImageRef(entry.getKey(), image.length(), ImageDigest.of(image).image()));
    }
    List<MappedImage> sources = List.copyOf(images.values());
    return new BaseView(null, refs, sources, BaseView.lookup(index), index.anchors());
  }

  private MappedImage disk(Path file) throws IOException {
    return switch (FileForm.of(file)) {
      case RAW -> MappedImage.open(file);
      case QCOW2 -> MappedImage.open(unpack(file));
      case STREAM -> throw new CloudletException(file + " is a migration stream, not a disk");
    };
  }

  private void memory(Path file) throws IOException {
    switch (FileForm.of(file)) {
      case RAW -> images.put(ImageId.MAIN_MEMORY, MappedImage.open(file));
      case QCOW2 -> throw new CloudletException(file + " is a disk, not memory");
      case STREAM -> {
        for (Map.Entry<ImageId, Path> block : FlatMemory.write(file, folder).entrySet()) {
          images.put(block.getKey(), MappedImage.open(block.getValue()));
        }
      }
    }
  }

  private Path unpack(Path file) throws IOException {
    Path raw = folder.resolve("disk");
    try (WholeDisk disk = WholeDisk.open(file);
        SparseFile out = SparseFile.create(raw, disk.length())) {
      PageRuns pages = disk.layer().pages();
      for (int run = 0; run < pages.runs(); run++) {
        for (long page = pages.start(run); page < pages.start(run) + pages.count(run); page++) {
          long offset = disk.offsetOf(page);
          if (offset >= 0) {
            long at = page << Page.SHIFT;
            long length = Math.min(Page.SIZE, disk.length() - at);
            out.write(at, disk.segment().asSlice(offset, length));
          }
        }
      }
    }
    return raw;
  }

  @Override
  public void close() throws IOException {
    images.values().forEach(MappedImage::close);
    Partials.deleteTree(folder);
  }
}
