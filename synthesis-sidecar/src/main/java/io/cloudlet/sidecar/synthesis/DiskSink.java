package io.cloudlet.sidecar.synthesis;

import io.cloudlet.sidecar.image.Qcow2Writer;
import java.io.IOException;
import java.lang.foreign.MemorySegment;

/**
 * A qcow2 layer being filled. Its zero pages were planned and cost nothing.
 *
 * @param writer of a file that the creator of this owns
 */
record DiskSink(Qcow2Writer writer) implements PageSink {
  @Override
  public void write(int page, int count, MemorySegment source, long offset) throws IOException {
    writer.write(page, count, source, offset);
  }
}
