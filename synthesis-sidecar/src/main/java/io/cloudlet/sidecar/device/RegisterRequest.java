package io.cloudlet.sidecar.device;

import java.io.IOException;

/**
 * A plugin makes itself known.
 *
 * @param version of the API
 * @param endpoint name of the plugin's socket, beside the kubelet's
 * @param resource what pods ask for
 */
record RegisterRequest(String version, String endpoint, String resource) implements Message {
  static RegisterRequest decode(byte[] message) throws IOException {
    String version = "";
    String endpoint = "";
    String resource = "";
    ProtoReader in = new ProtoReader(message);
    for (int field = in.next(); field != 0; field = in.next()) {
      switch (field) {
        case 1 -> version = in.text();
        case 2 -> endpoint = in.text();
        case 3 -> resource = in.text();
        default -> {}
      }
    }
    return new RegisterRequest(version, endpoint, resource);
  }

  @Override
  public byte[] encode() {
    return new ProtoWriter()
        .text(1, version)
        .text(2, endpoint)
        .text(3, resource)
        .message(4, new Empty())
        .toBytes();
  }
}
