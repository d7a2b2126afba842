package io.cloudlet.sidecar.node;

import io.cloudlet.sidecar.image.CloudletException;
import io.cloudlet.sidecar.machine.Port;
import io.cloudlet.sidecar.qemu.QmpClient;
import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** What QEMU says about the network that it emulates for a guest. */
final class UserNetwork {
  //   Protocol[State]    FD  Source Address  Port   Dest. Address  Port RecvQ SendQ
  //   TCP[HOST_FORWARD]   8       127.0.0.1 23456       10.0.2.15  7000     0     0
  private static final Pattern ROW =
      Pattern.compile("TCP\\[([A-Z_]+)\\]\\s+\\d+\\s+\\S+\\s+(\\d+)\\s+\\S+\\s+(\\d+)\\s");

  private static final String FORWARD = "HOST_FORWARD";
  private static final String ESTABLISHED = "ESTABLISHED";

  /** Nobody is connected. */
  static final UserNetwork SILENT = new UserNetwork("");

  private final String text;

  UserNetwork(String text) {
    this.text = text;
  }

  static UserNetwork ask(QmpClient qmp) throws IOException {
    return ask(qmp, QmpClient.DEFAULT_TIMEOUT);
  }

  static UserNetwork ask(QmpClient qmp, Duration timeout) throws IOException {
    Map<String, String> question = Map.of("command-line", "info usernet");
    return new UserNetwork(qmp.execute("human-monitor-command", question, timeout).asText());
  }

  /**
   * The ports that are really forwarded, for those that were asked for.
   *
   * @throws CloudletException when one of them is not
   */
  List<Port> forwards(List<Port> wanted) throws CloudletException {
    List<Port> actual = new ArrayList<>();
    for (Port port : wanted) {
      actual.add(port.onHost(hostPort(port)));
    }
    return actual;
  }

  private int hostPort(Port wanted) throws CloudletException {
    Matcher row = ROW.matcher(text);
    while (row.find()) {
      int host = Integer.parseInt(row.group(2));
      boolean same = wanted.host() == 0 || wanted.host() == host;
      if (row.group(1).equals(FORWARD) && isGuest(row, wanted.guest()) && same) {
        return host;
      }
    }
    throw new CloudletException("QEMU does not forward port " + wanted + "; it says: " + text);
  }

  /** Whether a guest has accepted a connection that came through a forwarded port. */
  boolean isConnected(Port forwarded) {
    Matcher row = ROW.matcher(text);
    while (row.find()) {
      if (row.group(1).equals(ESTABLISHED)
          && Integer.parseInt(row.group(2)) == forwarded.host()
          && isGuest(row, forwarded.guest())) {
        return true;
      }
    }
    return false;
  }

  private static boolean isGuest(Matcher row, int port) {
    return Integer.parseInt(row.group(3)) == port;
  }
}
