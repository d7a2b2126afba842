package io.cloudlet.sidecar.delta;

import io.cloudlet.sidecar.image.CloudletException;
import io.cloudlet.sidecar.image.ImageId;
import io.cloudlet.sidecar.image.Page;
import io.cloudlet.sidecar.image.SparseFile;
import io.cloudlet.sidecar.overlay.OverlayLimits;
import io.cloudlet.sidecar.qemu.MigrationStreamFile;
import io.cloudlet.sidecar.qemu.MigrationStreamHandler;
import io.cloudlet.sidecar.qemu.RamBlock;
import java.io.IOException;
import java.lang.foreign.MemorySegment;
import java.nio.ByteBuffer;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.BitSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** Lays the blocks of a migration stream out as flat, sparse files. */
final class FlatMemory implements MigrationStreamHandler, AutoCloseable {
  private final Path folder;
  private final Map<ImageId, Path> paths = new LinkedHashMap<>();
  private final List<SparseFile> files = new ArrayList<>();
  private final List<BitSet> written = new ArrayList<>();

  private FlatMemory(Path folder) {
    this.folder = folder;
  }

  /** The files of a stream's blocks, in their order. */
  static Map<ImageId, Path> write(Path stream, Path folder) throws IOException {
    try (MigrationStreamFile source = MigrationStreamFile.open(stream);
        FlatMemory memory = new FlatMemory(folder)) {
      source.read(memory);
      return memory.paths;
    }
  }

  @Override
  public void preamble(ByteBuffer bytes) {}

  @Override
  public void ramBlocks(List<RamBlock> blocks) throws IOException {
    for (RamBlock block : blocks) {
      if (Page.count(block.length()) > OverlayLimits.PAGES) {
        throw new CloudletException(block.id() + " has " + block.length() + " bytes; not usable");
      }
      Path path = folder.resolve("block" + files.size());
      written.add(new BitSet());
      files.add(SparseFile.create(path, block.length()));
      paths.put(block.id(), path);
    }
  }

  @Override
  public void page(int block, long offset, MemorySegment data, long at) throws IOException {
    written.get(block).set(Math.toIntExact(offset >>> Page.SHIFT));
    files.get(block).write(offset, data.asSlice(at, Page.SIZE));
  }

  @Override
  public void fill(int block, long offset, byte value) throws IOException {
    // Zeros need no bytes unless the page was sent before it was cleared.
    if (value != 0 || written.get(block).get(Math.toIntExact(offset >>> Page.SHIFT))) {
      byte[] page = new byte[Page.SIZE];
      Arrays.fill(page, value);
      page(block, offset, MemorySegment.ofArray(page), 0);
    }
  }

  @Override
  public void deviceState(ByteBuffer chunk) {}

  @Override
  public void end() {}

  @Override
  public void close() throws IOException {
    for (SparseFile file : files) {
      file.close();
    }
  }
}
