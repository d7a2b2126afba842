package io.cloudlet.sidecar.device;

import java.io.IOException;

/** Nothing to say; also the options of a plugin that needs no calls beside the usual ones. */
record Empty() implements Message {
  static Empty decode(byte[] message) throws IOException {
    ProtoReader in = new ProtoReader(message);
    while (in.next() != 0) {
      // Fields of newer versions.
    }
    return new Empty();
  }

  @Override
  public byte[] encode() {
    return new ProtoWriter().toBytes();
  }
}
