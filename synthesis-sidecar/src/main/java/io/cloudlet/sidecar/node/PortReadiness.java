package io.cloudlet.sidecar.node;

import io.cloudlet.sidecar.machine.Port;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.net.SocketTimeoutException;

/**
 * A TCP port of the guest answers.
 *
 * <p>QEMU's user network accepts a connection before it has asked the guest, so a connection alone
 * says nothing: it ends again when the guest refuses it, and stays for minutes when the guest has
 * no network yet. The port answers when it brings a byte, or when the network says that guest and
 * host are connected.
 */
final class PortReadiness implements Readiness {
  /** Asks QEMU. */
  @FunctionalInterface
  interface Network {
    UserNetwork ask() throws IOException;
  }

  private static final int CONNECT_MILLIS = 500;
  private static final int ANSWER_MILLIS = 300;

  private final String host;
  private final Port port;
  private final Network network;

  /** Watches a port that is really forwarded, at an address that this machine reaches. */
  PortReadiness(String host, Port port, Network network) {
    this.host = host;
    this.port = port;
    this.network = network;
  }

  @Override
  public boolean isThere() throws IOException {
    try (Socket socket = new Socket()) {
      return connects(socket) && answers(socket);
    }
  }

  private boolean connects(Socket socket) {
    try {
      socket.connect(new InetSocketAddress(host, port.host()), CONNECT_MILLIS);
      return true;
    } catch (IOException e) {
      return false;
    }
  }

  private boolean answers(Socket socket) throws IOException {
    try {
      socket.setSoTimeout(ANSWER_MILLIS);
      return socket.getInputStream().read() >= 0;
    } catch (SocketTimeoutException e) {
      // Nothing to hear: the guest waits for us to speak, or nobody is there.
      return network.ask().isConnected(port);
    } catch (IOException e) {
      return false;
    }
  }

  @Override
  public String describe() {
    return "an answer at the guest's port " + port.guest();
  }
}
