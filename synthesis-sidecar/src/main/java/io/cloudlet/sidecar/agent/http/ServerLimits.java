package io.cloudlet.sidecar.agent.http;

import java.time.Duration;

/**
 * What clients may take of a server.
 *
 * @param answers how many are sent at the same time; who comes then is told to come again
 * @param stall for how long a client may take less than a buffer of its answer
 */
public record ServerLimits(int answers, Duration stall) {
  /** For a machine that other machines fetch from. */
  public static final ServerLimits DEFAULT = new ServerLimits(64, Duration.ofMinutes(1));

  /** Refuses what would answer nobody. */
  public ServerLimits {
    if (answers < 1 || !stall.isPositive()) {
      throw new IllegalArgumentException("no limits: " + answers + " answers, " + stall);
    }
  }

  /**
   * Bounds what the JDK's server takes before a request is complete. The JDK looks at this once,
   * when the first server of a process is made: call it early. What the command line says stays.
   */
  public static void bound() {
    setDefault("jdk.httpserver.maxConnections", "512");
    setDefault("sun.net.httpserver.maxReqTime", "30");
    setDefault("sun.net.httpserver.maxReqHeaders", "64");
    setDefault("sun.net.httpserver.maxReqHeaderSize", "16384");
  }

  private static void setDefault(String name, String value) {
    if (System.getProperty(name) == null) {
      System.setProperty(name, value);
    }
  }
}
