package io.cloudlet.sidecar.device;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;

/**
 * Reads a message in the wire format of Protocol Buffers, field by field: texts and messages are
 * handed out, whatever else there is, unknown fields of newer versions included, is passed over.
 * Not thread-safe.
 */
final class ProtoReader {
  static final int TYPE_BITS = 3;
  static final int VARINT = 0;
  static final int FIXED_64 = 1;
  static final int LENGTH_DELIMITED = 2;
  static final int FIXED_32 = 5;

  private static final int LONGEST_VARINT = 10;
  private static final int SEVEN_BITS = 0x7f;
  private static final byte[] NOTHING = {};

  private final ByteBuffer in;
  private byte[] value = NOTHING;

  ProtoReader(byte[] message) {
    in = ByteBuffer.wrap(message);
  }

  /**
   * The number of the next field that has a text or a message; 0 at the end.
   *
   * @throws IOException when this is no message; names the offset
   */
  int next() throws IOException {
    while (in.hasRemaining()) {
      long tag = varint();
      int field = (int) (tag >>> TYPE_BITS);
      int type = (int) tag & ((1 << TYPE_BITS) - 1);
      if (field <= 0) {
        throw malformed("has field number " + (tag >>> TYPE_BITS));
      }
      if (type == LENGTH_DELIMITED) {
        value = take(varint());
        return field;
      }
      skip(type);
    }
    return 0;
  }

  /** The value of the field. */
  String text() {
    return new String(value, StandardCharsets.UTF_8);
  }

  /** The value of the field. */
  byte[] bytes() {
    return value.clone();
  }

  private void skip(int type) throws IOException {
    switch (type) {
      case VARINT -> {
        var _ = varint();
      }
      case FIXED_64 -> {
        var _ = take(Long.BYTES);
      }
      case FIXED_32 -> {
        var _ = take(Integer.BYTES);
      }
      default -> throw malformed("has the unknown type " + type);
    }
  }

  private long varint() throws IOException {
    long result = 0;
    for (int i = 0; i < LONGEST_VARINT; i++) {
      if (!in.hasRemaining()) {
        throw malformed("ends within a number");
      }
      byte next = in.get();
      result |= (long) (next & SEVEN_BITS) << (7 * i);
      if (next >= 0) {
        return result;
      }
    }
    throw malformed("has a number that is too long");
  }

  private byte[] take(long length) throws IOException {
    if (length < 0 || length > in.remaining()) {
      throw malformed("has a value of " + length + " bytes, but only " + in.remaining() + " left");
    }
    byte[] taken = new byte[(int) length];
    in.get(taken);
    return taken;
  }

  private IOException malformed(String what) {
    return new IOException("a message of the kubelet " + what + ", at offset " + in.position());
  }
}
