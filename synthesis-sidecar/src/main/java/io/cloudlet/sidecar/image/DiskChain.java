package io.cloudlet.sidecar.image;

import java.io.IOException;
import java.lang.foreign.MemorySegment;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * A VM's disk as it differs from its base's: the VM's own qcow2 file and the layers below it, down
 * to the base's raw disk, which is not part of it.
 *
 * <p>All layers lie in the folder of the first one. What a layer says about a page hides the layers
 * below; a page that any of them decides counts as changed. None of the files may change while the
 * chain is open. Reads are thread-safe.
 */
public final class DiskChain implements PageSource {
  /** A VM has two at most: its own, and one that it shares with other VMs. */
  private static final int MOST_LAYERS = 4;

  private final List<Qcow2Layer> layers;
  private final @Nullable MappedRange joined;
  private final MemorySegment segment;

  private DiskChain(List<Qcow2Layer> layers, @Nullable MappedRange joined) {
    this.layers = layers;
    this.joined = joined;
    this.segment = joined == null ? layers.getFirst().segment() : joined.segment();
  }

  /**
   * Opens and checks all layers.
   *
   * @param disk the VM's own qcow2 file
   * @param base the raw disk that it has to lie over; in a folder that is named after its content
   * @throws BackingFileException when a layer lies over something else
   * @throws CorruptException when a layer's tables are wrong, or its length is another one
   * @throws UnsupportedQcow2Exception when a layer is of a kind that is not read
   */
  public static DiskChain open(Path disk, Path base) throws IOException {
    List<Qcow2Layer> layers = new ArrayList<>();
    try {
      BackingName below = add(disk, layers);
      while (!below.isBase(base)) {
        if (layers.size() == MOST_LAYERS) {
          throw below.refused("is one layer too many, or in a circle");
        }
        below = add(below.inSameFolder(), layers);
      }
      return new DiskChain(layers, layers.size() == 1 ? null : join(layers));
    } catch (IOException | RuntimeException | Error e) {
      layers.forEach(Qcow2Layer::close);
      throw e;
    }
  }

  private static BackingName add(Path file, List<Qcow2Layer> layers) throws IOException {
    Qcow2Layer layer = Qcow2Layer.open(file);
    layers.add(layer);
    long length = layers.getFirst().length();
    if (layer.length() != length) {
      throw new CorruptException(
          file.toString(), 24, "a disk of " + layer.length() + " bytes below one of " + length);
    }
    return BackingName.of(file, layer.backingFile());
  }

  private static MappedRange join(List<Qcow2Layer> layers) throws IOException {
    return MappedRange.of(layers.stream().map(Qcow2Layer::file).toList());
  }

  /**
   * Whether a qcow2 file, as its header has it, leads straight to a base's raw disk: not so when
   * the base has been moved since the file was written.
   */
  public static boolean leadsTo(Path layer, Path base) throws IOException {
    return BackingName.of(layer, backingOf(layer)).leadsTo(base);
  }

  /**
   * The files below a VM's own, as the headers of qcow2 files name them that nobody else has had in
   * hand: topmost first, the last of them the base's raw disk.
   */
  public static List<Path> named(Path disk) throws IOException {
    List<Path> below = new ArrayList<>();
    for (Path file = disk; below.size() < MOST_LAYERS; file = below.getLast()) {
      BackingName name = BackingName.of(file, backingOf(file));
      Optional<Path> base = name.absolute();
      below.add(base.isPresent() ? base.get() : name.inSameFolder());
      if (base.isPresent()) {
        return below;
      }
    }
    throw new BackingFileException(disk.toString(), "", "lies over too many layers");
  }

  private static Optional<String> backingOf(Path layer) throws IOException {
    try (MappedImage file = MappedImage.open(layer)) {
      return Qcow2Header.read(layer.toString(), file.segment(), file.length()).backingFile();
    }
  }

  /** Files of the chain below the VM's own, topmost first. */
  public List<Path> below() {
    return layers.stream().skip(1).map(layer -> layer.file().path()).toList();
  }

  @Override
  public long length() {
    return layers.getFirst().length();
  }

  /** The files of all layers; read-only. */
  @Override
  public MemorySegment segment() {
    return segment;
  }

  @Override
  public long offsetOf(long page) {
    for (int i = 0; i < layers.size(); i++) {
      long offset = layers.get(i).offsetOf(page);
      if (offset >= 0) {
        return joined == null ? offset : joined.start(i) + offset;
      }
      if (offset == ZERO) {
        return ZERO;
      }
    }
    return ABSENT;
  }

  /** The pages that any layer decides, be they zero or data. */
  public PageRuns pages() {
    PageRuns pages = PageRuns.EMPTY;
    for (Qcow2Layer layer : layers) {
      pages = pages.union(layer.pages());
    }
    return pages;
  }

  @Override
  public void close() {
    layers.forEach(Qcow2Layer::close);
    if (joined != null) {
      joined.close();
    }
  }
}
