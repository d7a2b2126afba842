package io.cloudlet.sidecar.delta;

import io.cloudlet.sidecar.image.CloudletException;
import io.cloudlet.sidecar.image.ImageId;
import io.cloudlet.sidecar.image.MappedImage;
import io.cloudlet.sidecar.image.Page;
import io.cloudlet.sidecar.image.PageRuns;
import io.cloudlet.sidecar.image.PageSource;
import io.cloudlet.sidecar.image.Qcow2Layer;
import io.cloudlet.sidecar.overlay.BlobName;
import io.cloudlet.sidecar.overlay.OverlayLimits;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** The images and blobs of a changed state's files. Owns what it opens. */
final class ChangedState implements AutoCloseable {
  private final FlatBase base;
  private final List<ChangedImage> images = new ArrayList<>();
  private final Map<BlobName, byte[]> blobs = new EnumMap<>(BlobName.class);
  private final List<PageSource> open = new ArrayList<>();
  private Optional<RamSpool> spool = Optional.empty();

  private ChangedState(FlatBase base) {
    this.base = base;
  }

  /**
   * Opens the files of {@code changed}.
   *
   * @param below the files of the base, to which a qcow2 file may refer
   * @param base the same, opened
   */
  static ChangedState open(StateFiles changed, StateFiles below, FlatBase base, Path work)
      throws IOException {
    ChangedState state = new ChangedState(base);
    try {
      if (changed.disk() != null) {
        state.disk(changed.disk(), below.disk());
      }
      if (changed.memory() != null) {
        state.memory(changed.memory(), work);
      }
      return state;
    } catch (IOException | RuntimeException | Error e) {
      state.close();
      throw e;
    }
  }

  List<ChangedImage> images() {
    return images;
  }

  Map<BlobName, byte[]> blobs() {
    return blobs;
  }

  private void disk(Path file, @Nullable Path baseFile) throws IOException {
    switch (FileForm.of(file)) {
      case RAW -> flat(ImageId.FIRST_DISK, file);
      case QCOW2 -> qcow2(file, baseFile);
      case STREAM -> throw new CloudletException(file + " is a migration stream, not a disk");
    }
  }

  private void flat(ImageId id, Path file) throws IOException {
    MappedImage image = opened(MappedImage.open(file));
    Optional<MappedImage> below = base.image(id);
    images.add(
        below.isPresent()
            ? FlatComparison.compare(id, below.get(), image)
            : FlatComparison.isNew(id, image));
  }

  private void qcow2(Path file, @Nullable Path baseFile) throws IOException {
    Qcow2Layer layer = opened(Qcow2Layer.open(file));
    if (layer.backingFile().isPresent()) {
      requireSame(file, layer.backingFile().get(), baseFile);
      images.add(ChangedImage.of(ImageId.FIRST_DISK, layer));
      return;
    }
    // What the whole disk does not hold is zero, whatever the base says there.
    Optional<MappedImage> below = base.image(ImageId.FIRST_DISK);
    PageRuns cleared = below.isPresent() ? FlatComparison.dataPages(below.get()) : PageRuns.EMPTY;
    PageRuns beyond = PageRuns.of(Page.count(layer.length()), OverlayLimits.PAGES);
    PageRuns pages = layer.pages().union(cleared).minus(beyond);
    images.add(new ChangedImage(ImageId.FIRST_DISK, layer.length(), pages, new WholeDisk(layer)));
  }

  private static void requireSame(Path file, String backing, @Nullable Path baseFile)
      throws IOException {
    Path named = file.toAbsolutePath().resolveSibling(backing);
    if (baseFile == null || !Files.exists(named) || !Files.isSameFile(named, baseFile)) {
      throw new CloudletException(
          file
              + " stands on "
              + backing
              + "; give that file as the base's disk, or the whole disk, which qemu-img convert"
              + " makes of it");
    }
  }

  private void memory(Path file, Path work) throws IOException {
    switch (FileForm.of(file)) {
      case RAW -> flat(ImageId.MAIN_MEMORY, file);
      case QCOW2 -> throw new CloudletException(file + " is a disk, not memory");
      case STREAM -> stream(file, work);
    }
  }

  private void stream(Path file, Path work) throws IOException {
    RamSpool memory = new RamSpool(base::image, work);
    spool = Optional.of(memory);
    try (StreamFile stream = StreamFile.open(file)) {
      stream.read(memory);
      blobs.put(BlobName.PREAMBLE, memory.preamble());
      blobs.put(BlobName.DEVICE_STATE, memory.deviceState());
      int first = images.size();
      images.addAll(memory.images());
      stream
          .layout(memory.images(), base, first)
          .ifPresent(layout -> blobs.put(BlobName.STREAM_LAYOUT, layout));
    }
  }

  private <T extends PageSource> T opened(T source) {
    open.add(source);
    return source;
  }

  @Override
  public void close() throws IOException {
    open.forEach(PageSource::close);
    if (spool.isPresent()) {
      spool.get().close();
    }
  }
}
