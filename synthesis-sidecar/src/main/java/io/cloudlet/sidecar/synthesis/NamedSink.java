package io.cloudlet.sidecar.synthesis;

import io.cloudlet.sidecar.image.CloudletException;
import io.cloudlet.sidecar.image.ImageId;
import java.io.IOException;
import java.lang.foreign.MemorySegment;
import java.nio.channels.ClosedChannelException;

/**
 * Says which image could not be written; the system's own message does not.
 *
 * @param id of the image
 * @param sink takes the pages
 */
record NamedSink(ImageId id, PageSink sink) implements PageSink {
  @Override
  public void write(int page, int count, MemorySegment source, long offset) throws IOException {
    try {
      sink.write(page, count, source, offset);
    } catch (CloudletException | ClosedChannelException e) {
      throw e; // The latter comes from an interrupt.
    } catch (IOException e) {
      throw new CloudletException(
          "cannot write "
              + id
              + " at page "
              + page
              + ": "
              + e.getMessage()
              + "; see whether its disk is full",
          e);
    }
  }
}
