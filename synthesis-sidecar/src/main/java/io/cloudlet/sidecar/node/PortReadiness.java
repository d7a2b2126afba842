package io.cloudlet.sidecar.node;

import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.net.SocketTimeoutException;
import java.util.regex.Pattern;

/**
 * A TCP port of the guest answers.
 *
 * <p>QEMU's user network accepts a connection before it has asked the guest, so a connection alone
 * says nothing: it ends again when the guest refuses it, and stays for minutes when the guest has
 * no network yet. The port answers when it brings a byte, or when the network says that guest and
 * host are connected.
 */
public final class PortReadiness implements Readiness {
  /** What QEMU says about its user network. */
  @FunctionalInterface
  public interface UserNetwork {
    /** The text of {@code info usernet}. */
    String describe() throws IOException;
  }

  private static final int CONNECT_MILLIS = 500;
  private static final int ANSWER_MILLIS = 300;

  private final int hostPort;
  private final int guestPort;
  private final UserNetwork network;
  private final Pattern established;

  /** Watches the port of the host that is forwarded to a port of the guest. */
  public PortReadiness(int hostPort, int guestPort, UserNetwork network) {
    this.hostPort = hostPort;
    this.guestPort = guestPort;
    this.network = network;
    // TCP[ESTABLISHED]  13       127.0.0.1 23456       10.0.2.15  7000     0     0
    this.established =
        Pattern.compile(
            "TCP\\[ESTABLISHED\\]\\s+\\d+\\s+\\S+\\s+"
                + hostPort
                + "\\s+\\S+\\s+"
                + guestPort
                + "\\s");
  }

  @Override
  public boolean isThere() throws IOException {
    try (Socket socket = new Socket()) {
      return connects(socket) && answers(socket);
    }
  }

  private boolean connects(Socket socket) {
    try {
      socket.connect(
          new InetSocketAddress(InetAddress.getLoopbackAddress(), hostPort), CONNECT_MILLIS);
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
      return established.matcher(network.describe()).find();
    } catch (IOException e) {
      return false;
    }
  }

  @Override
  public String describe() {
    return "an answer at the guest's port " + guestPort;
  }
}
