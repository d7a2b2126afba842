package io.cloudlet.sidecar.synthesis;

import io.cloudlet.sidecar.image.CloudletException;
import io.cloudlet.sidecar.image.Qcow2Writer;
import io.cloudlet.sidecar.overlay.ImageRuns;
import java.io.IOException;
import java.lang.foreign.MemorySegment;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;

/** A qcow2 layer over a base's disk, being filled. Its zero pages are planned and cost nothing. */
final class DiskSink implements PageSink {
  /** The format gives a backing file's name so much room. */
  private static final int LONGEST_NAME = 1023;

  private final Qcow2Writer writer;

  private DiskSink(Qcow2Writer writer) {
    this.writer = writer;
  }

  /**
   * Plans a layer.
   *
   * @param channel where it goes; stays the caller's
   * @param length bytes of the disk
   * @param backing the base's raw disk
   * @param runs the disk's changed pages
   */
  static DiskSink begin(FileChannel channel, long length, Path backing, ImageRuns runs)
      throws CloudletException {
    RunSets pages = RunSets.of(runs);
    return new DiskSink(
        Qcow2Writer.begin(channel, length, name(backing), pages.data(), pages.zero()));
  }

  /** The name of a backing file as qcow2 headers of this program have it. */
  static String name(Path backing) throws CloudletException {
    String name = backing.toAbsolutePath().toString();
    if (name.getBytes(StandardCharsets.UTF_8).length > LONGEST_NAME) {
      throw new CloudletException(name + " is too long a path for QEMU; use a shorter folder");
    }
    return name;
  }

  @Override
  public void write(int page, int count, MemorySegment source, long offset) throws IOException {
    writer.write(page, count, source, offset);
  }

  /** Completes the layer, once all pages are written. */
  void finish() throws IOException {
    writer.finish();
  }
}
