package io.cloudlet.sidecar.qemu;

import java.io.IOException;

/**
 * A QEMU that has just been started, and a connection to it. Closing ends the connection, not QEMU.
 *
 * @param process QEMU
 * @param qmp the connection: while there is one, nobody else gets any
 */
public record ConnectedQemu(LiveQemu process, QmpClient qmp) implements AutoCloseable {
  @Override
  public void close() throws IOException {
    qmp.close();
  }
}
