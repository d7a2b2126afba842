package io.cloudlet.sidecar.node;

import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.net.SocketTimeoutException;

/**
 * A TCP port of the guest answers.
 *
 * <p>QEMU's user network accepts a connection before it knows whether the guest will, and closes it
 * again when the guest refuses. So the port answers when the connection stays open for a moment, or
 * brings a byte.
 */
public final class PortReadiness implements Readiness {
  private static final int CONNECT_MILLIS = 500;
  private static final int STAYS_OPEN_MILLIS = 400;

  private final int hostPort;
  private final int guestPort;

  /** Watches the port of the host that is forwarded to a port of the guest. */
  public PortReadiness(int hostPort, int guestPort) {
    this.hostPort = hostPort;
    this.guestPort = guestPort;
  }

  @Override
  public boolean isThere() {
    try (Socket socket = new Socket()) {
      socket.connect(
          new InetSocketAddress(InetAddress.getLoopbackAddress(), hostPort), CONNECT_MILLIS);
      socket.setSoTimeout(STAYS_OPEN_MILLIS);
      return socket.getInputStream().read() >= 0;
    } catch (SocketTimeoutException e) {
      return true; // Open, and the guest waits for us to speak.
    } catch (IOException e) {
      return false;
    }
  }

  @Override
  public String describe() {
    return "an answer at the guest's port " + guestPort;
  }
}
