package io.cloudlet.sidecar.device;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;

/** What each of the containers gets that an {@link AllocateRequest} is about. */
record AllocateResponse(List<Container> containers) implements Message {
  static AllocateResponse decode(byte[] message) throws IOException {
    List<Container> containers = new ArrayList<>();
    ProtoReader in = new ProtoReader(message);
    for (int field = in.next(); field != 0; field = in.next()) {
      if (field == 1) {
        containers.add(Container.decode(in.bytes()));
      }
    }
    return new AllocateResponse(containers);
  }

  @Override
  public byte[] encode() {
    ProtoWriter out = new ProtoWriter();
    containers.forEach(container -> out.message(1, container));
    return out.toBytes();
  }

  /** The device nodes of one container. */
  record Container(List<DeviceNode> devices) implements Message {
    private static final int DEVICES = 3;

    static Container decode(byte[] message) throws IOException {
      List<DeviceNode> devices = new ArrayList<>();
      ProtoReader in = new ProtoReader(message);
      for (int field = in.next(); field != 0; field = in.next()) {
        if (field == DEVICES) {
          devices.add(DeviceNode.decode(in.bytes()));
        }
      }
      return new Container(devices);
    }

    @Override
    public byte[] encode() {
      ProtoWriter out = new ProtoWriter();
      devices.forEach(device -> out.message(DEVICES, device));
      return out.toBytes();
    }
  }
}
