package io.cloudlet.sidecar.device;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;

/** The devices that one container gets. */
record DeviceIds(List<String> ids) implements Message {
  static DeviceIds decode(byte[] message) throws IOException {
    List<String> ids = new ArrayList<>();
    ProtoReader in = new ProtoReader(message);
    for (int field = in.next(); field != 0; field = in.next()) {
      if (field == 1) {
        ids.add(in.text());
      }
    }
    return new DeviceIds(ids);
  }

  @Override
  public byte[] encode() {
    ProtoWriter out = new ProtoWriter();
    ids.forEach(id -> out.text(1, id));
    return out.toBytes();
  }
}
