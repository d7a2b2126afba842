package io.cloudlet.sidecar.qemu;

import java.io.IOException;

/**
 * A VM that stands still until {@link #close}. One that stood still before stays so afterwards.
 *
 * <p>Closing also runs a VM on whose state has been saved: QEMU then has given up its disks, and
 * takes them again.
 */
public final class PausedVm implements AutoCloseable {
  private final QmpClient qmp;
  private final boolean ran;

  private PausedVm(QmpClient qmp, boolean ran) {
    this.qmp = qmp;
    this.ran = ran;
  }

  /** Stops the guest's CPUs and waits until its disks have been written. */
  public static PausedVm pause(QmpClient qmp) throws IOException {
    boolean runs = isRunning(qmp);
    qmp.execute("stop");
    return new PausedVm(qmp, runs);
  }

  /** Whether the guest's CPUs run. */
  public static boolean isRunning(QmpClient qmp) throws IOException {
    return qmp.execute("query-status").path("running").asBoolean();
  }

  /** Runs the guest on. */
  @Override
  public void close() throws IOException {
    if (ran) {
      runOn(qmp);
    }
  }

  /** Runs a guest on that may stand still, also one whose state has just been saved. */
  public static void runOn(QmpClient qmp) throws IOException {
    // A migration is over a moment after it says so.
    new Poll("QEMU did not let go of the saved state", QmpClient.DEFAULT_TIMEOUT)
        .until(() -> !status(qmp).equals("finish-migrate"));
    qmp.execute("cont");
  }

  private static String status(QmpClient qmp) throws IOException {
    return qmp.execute("query-status").path("status").asText();
  }
}
