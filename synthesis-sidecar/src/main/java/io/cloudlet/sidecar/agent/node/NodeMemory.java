package io.cloudlet.sidecar.agent.node;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

/** How much memory this machine has. */
public final class NodeMemory {
  private static final Path MEMINFO = Path.of("/proc/meminfo");
  private static final String TOTAL = "MemTotal:";
  private static final long MIB = 1L << 20;

  /** What the machine itself and the agent need at least. */
  private static final long LEAST_RESERVE = 512 * MIB;

  private static final int RESERVE_SHARE = 10;

  private NodeMemory() {}

  /** What guests may have of it when nobody says otherwise: all but a tenth, in whole MiB. */
  public static long forGuests() throws IOException {
    long total = total();
    long reserve = Math.max(LEAST_RESERVE, total / RESERVE_SHARE);
    return Math.max(0, total - reserve) / MIB * MIB;
  }

  private static long total() throws IOException {
    for (String line : Files.readAllLines(MEMINFO)) {
      if (line.startsWith(TOTAL)) {
        String digits = line.replaceAll("[^0-9]", "");
        return Long.parseLong(digits) << 10;
      }
    }
    throw new IOException(MEMINFO + " does not say how much memory there is");
  }
}
