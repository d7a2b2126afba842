package io.cloudlet.sidecar.cli;

import io.cloudlet.sidecar.machine.Port;
import io.cloudlet.sidecar.node.VmRecord;

/** Sentences about VMs. */
final class VmText {
  private VmText() {}

  /** A VM has come to run. */
  static String runs(VmRecord vm) {
    StringBuilder text = new StringBuilder("VM " + vm.name() + " runs");
    for (Port port : vm.ports()) {
      text.append("; its port ").append(port.guest());
      text.append(" is 127.0.0.1:").append(port.host());
    }
    return text.toString();
  }
}
