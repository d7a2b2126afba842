package io.cloudlet.sidecar.device;

import java.io.IOException;

/**
 * What one pod may have.
 *
 * @param id differs from that of the others
 * @param health {@link #HEALTHY} or {@link #UNHEALTHY}
 */
record Device(String id, String health) implements Message {
  static final String HEALTHY = "Healthy";
  static final String UNHEALTHY = "Unhealthy";

  static Device decode(byte[] message) throws IOException {
    String id = "";
    String health = "";
    ProtoReader in = new ProtoReader(message);
    for (int field = in.next(); field != 0; field = in.next()) {
      switch (field) {
        case 1 -> id = in.text();
        case 2 -> health = in.text();
        default -> {}
      }
    }
    return new Device(id, health);
  }

  @Override
  public byte[] encode() {
    return new ProtoWriter().text(1, id).text(2, health).toBytes();
  }
}
