package io.cloudlet.sidecar.bench;

import io.cloudlet.sidecar.overlay.Effort;

/** What the rows of a report are called. */
final class Names {
  static final String PAUSE = "capture by Cloudlet";
  static final String QEMU_SAVE = "QEMU's own save into memory";
  static final String AS_IT_IS = "capture of the VM as it is";
  static final String SQUEEZED = "capture with --balloon";
  static final String FIRST = "synthesis, first time";
  static final String SECOND = "synthesis, again on the node";
  static final String QEMU_RESUME = "QEMU's own resume of the whole state";

  private Names() {}

  static String of(Effort effort) {
    return "Cloudlet " + effort;
  }
}
