package io.cloudlet.sidecar.device;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;

/** All devices, whenever one has changed. */
record DeviceList(List<Device> devices) implements Message {
  static DeviceList decode(byte[] message) throws IOException {
    List<Device> devices = new ArrayList<>();
    ProtoReader in = new ProtoReader(message);
    for (int field = in.next(); field != 0; field = in.next()) {
      if (field == 1) {
        devices.add(Device.decode(in.bytes()));
      }
    }
    return new DeviceList(devices);
  }

  @Override
  public byte[] encode() {
    ProtoWriter out = new ProtoWriter();
    devices.forEach(device -> out.message(1, device));
    return out.toBytes();
  }
}
