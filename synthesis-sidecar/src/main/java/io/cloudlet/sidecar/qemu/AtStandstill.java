package io.cloudlet.sidecar.qemu;

import java.io.IOException;

/** What has to be done while a guest stands still. Short. */
@FunctionalInterface
public interface AtStandstill {
  /** Does it; an exception ends the capture. */
  void run() throws IOException;
}
