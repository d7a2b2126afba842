package io.cloudlet.sidecar.synthesis;

import java.io.IOException;
import java.lang.foreign.MemorySegment;

/** Where the changed pages of one image go, in any order and from several threads. */
interface PageSink {
  /**
   * Takes pages that follow each other in the image.
   *
   * @param page the first one
   * @param count at least 1
   * @param source holds their bytes during the call
   * @param offset where in {@code source} the first one begins
   */
  void write(int page, int count, MemorySegment source, long offset) throws IOException;
}
