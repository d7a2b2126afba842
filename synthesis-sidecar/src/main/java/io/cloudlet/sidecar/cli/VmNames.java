package io.cloudlet.sidecar.cli;

import io.cloudlet.sidecar.node.VmName;
import java.util.Locale;

/** Names for VMs that nobody has named. */
final class VmNames {
  private static final int LONGEST = 63;

  private VmNames() {}

  /** A VM's name made of the name of something else, such as a base VM or a file. */
  static VmName after(String text) {
    String label =
        text.toLowerCase(Locale.ROOT).replaceAll("[^a-z0-9]+", "-").replaceAll("^-+", "");
    String cut = label.substring(0, Math.min(label.length(), LONGEST)).replaceAll("-+$", "");
    return new VmName(cut.isEmpty() ? "vm" : cut);
  }
}
