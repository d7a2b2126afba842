package io.cloudlet.sidecar.device;

import java.io.IOException;

/** Whether KVM is there and runs guests. */
@FunctionalInterface
public interface KvmHealth {
  /**
   * Finds out: may take half a minute the first time, and has to be quick after that.
   *
   * @throws IOException when nothing can be said
   */
  boolean runsGuests() throws IOException;
}
