package io.cloudlet.sidecar.device;

import java.io.IOException;

/**
 * A device file of a container.
 *
 * @param containerPath where the container finds it
 * @param hostPath where the node has it
 * @param permissions what its cgroup may do: of r, w and m; owner and mode are those of the node's
 */
record DeviceNode(String containerPath, String hostPath, String permissions) implements Message {
  static DeviceNode decode(byte[] message) throws IOException {
    String containerPath = "";
    String hostPath = "";
    String permissions = "";
    ProtoReader in = new ProtoReader(message);
    for (int field = in.next(); field != 0; field = in.next()) {
      switch (field) {
        case 1 -> containerPath = in.text();
        case 2 -> hostPath = in.text();
        case 3 -> permissions = in.text();
        default -> {}
      }
    }
    return new DeviceNode(containerPath, hostPath, permissions);
  }

  @Override
  public byte[] encode() {
    return new ProtoWriter()
        .text(1, containerPath)
        .text(2, hostPath)
        .text(3, permissions)
        .toBytes();
  }
}
