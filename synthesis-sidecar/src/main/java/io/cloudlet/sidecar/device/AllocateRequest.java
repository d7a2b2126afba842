package io.cloudlet.sidecar.device;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;

/** Containers that are about to start with devices. */
record AllocateRequest(List<DeviceIds> containers) implements Message {
  static AllocateRequest decode(byte[] message) throws IOException {
    List<DeviceIds> containers = new ArrayList<>();
    ProtoReader in = new ProtoReader(message);
    for (int field = in.next(); field != 0; field = in.next()) {
      if (field == 1) {
        containers.add(DeviceIds.decode(in.bytes()));
      }
    }
    return new AllocateRequest(containers);
  }

  @Override
  public byte[] encode() {
    ProtoWriter out = new ProtoWriter();
    containers.forEach(container -> out.message(1, container));
    return out.toBytes();
  }
}
