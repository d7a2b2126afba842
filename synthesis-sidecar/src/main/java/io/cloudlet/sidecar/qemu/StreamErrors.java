package io.cloudlet.sidecar.qemu;

import io.cloudlet.sidecar.image.CorruptException;

/**
 * Makes the errors of one stream, so that each parser need only say what is wrong and where.
 *
 * @param source the stream's name for people
 */
record StreamErrors(String source) {
  CorruptException corrupt(long offset, String reason) {
    return new CorruptException(source, offset, reason);
  }

  UnsupportedStreamException unsupported(long offset, String reason) {
    return new UnsupportedStreamException(source, offset, reason);
  }

  void require(boolean holds, long offset, String reason) throws CorruptException {
    if (!holds) {
      throw corrupt(offset, reason);
    }
  }
}
