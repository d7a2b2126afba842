package io.cloudlet.sidecar.overlay;

import io.cloudlet.sidecar.image.CloudletException;
import io.cloudlet.sidecar.image.CorruptException;
import io.cloudlet.sidecar.image.TooNewException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;

/**
 * The first bytes of a file: the magic number, u32 version, u32 zero.
 *
 * <p>The magic number begins with a byte that is no text and has a CR LF, a control-Z and an LF, so
 * that a transfer which mangles text is found at once.
 */
final class Header {
  static final int LENGTH = 16;
  static final int VERSION = 1;
  static final int MAGIC_LENGTH = 8;

  private static final byte[] MAGIC = {(byte) 0x89, 'C', 'L', 'V', '\r', '\n', 0x1a, '\n'};

  private Header() {}

  static byte[] encode() {
    ByteBuffer out = ByteBuffer.allocate(LENGTH).order(ByteOrder.LITTLE_ENDIAN);
    return out.put(MAGIC).putInt(VERSION).putInt(0).array();
  }

  static byte[] magic() {
    return MAGIC.clone();
  }

  /** Checks the header's bytes. */
  static void check(byte[] header, String source) throws CloudletException {
    ByteBuffer in = ByteBuffer.wrap(header).order(ByteOrder.LITTLE_ENDIAN);
    for (int i = 0; i < MAGIC_LENGTH; i++) {
      if (in.get() != MAGIC[i]) {
        throw new CorruptException(source, i, "it does not begin as an overlay does");
      }
    }
    checkVersion(in.getInt(), source);
    if (in.getInt() != 0) {
      throw new CorruptException(source, MAGIC_LENGTH + Integer.BYTES, "this has to be zero");
    }
  }

  static void checkVersion(int version, String source) throws CloudletException {
    if (version != VERSION) {
      throw new TooNewException(source, Integer.toUnsignedLong(version), VERSION);
    }
  }
}
