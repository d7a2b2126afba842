package io.cloudlet.sidecar.device;

import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;

/**
 * Writes a message in the wire format of Protocol Buffers 3, where a field that has its default
 * value is left out. Not thread-safe.
 */
final class ProtoWriter {
  private static final int SEVEN_BITS = 0x7f;
  private static final int MORE = 0x80;

  private final ByteArrayOutputStream out = new ByteArrayOutputStream();

  ProtoWriter text(int field, String value) {
    return value.isEmpty() ? this : bytes(field, value.getBytes(StandardCharsets.UTF_8));
  }

  /** A message within this one, which is there even when it is empty. */
  ProtoWriter message(int field, Message value) {
    return bytes(field, value.encode());
  }

  byte[] toBytes() {
    return out.toByteArray();
  }

  private ProtoWriter bytes(int field, byte[] value) {
    varint((field << ProtoReader.TYPE_BITS) | ProtoReader.LENGTH_DELIMITED);
    varint(value.length);
    out.writeBytes(value);
    return this;
  }

  private void varint(int value) {
    int rest = value;
    while ((rest & ~SEVEN_BITS) != 0) {
      out.write((rest & SEVEN_BITS) | MORE);
      rest >>>= 7;
    }
    out.write(rest);
  }
}
