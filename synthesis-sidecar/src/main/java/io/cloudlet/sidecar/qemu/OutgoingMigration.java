package io.cloudlet.sidecar.qemu;

import java.io.IOException;
import java.time.Duration;
import java.util.List;
import java.util.Map;

/**
 * A QEMU's outgoing migration, as its commands see it.
 *
 * @param qmp stays the caller's
 * @param limit for each of QEMU's steps
 */
record OutgoingMigration(QmpClient qmp, Duration limit) {
  /** Bytes per second; QEMU's default would throttle. */
  private static final long UNTHROTTLED = 1L << 50;

  /**
   * Begins.
   *
   * @param holds whether QEMU shall wait once the guest stands still, for {@link #goOn}
   */
  void begin(String uri, boolean holds, DirtyTracking tracking) throws IOException {
    holdBeforeSwitchover(holds);
    qmp.execute(
        "migrate-set-parameters",
        Map.of("max-bandwidth", UNTHROTTLED, "downtime-limit", tracking.restMillis()));
    qmp.execute("migrate", Map.of("uri", uri));
  }

  /** Lets a migration that holds end. */
  void goOn() throws IOException {
    qmp.execute("migrate-continue", Map.of("state", MigrationStatus.HOLDING));
  }

  /**
   * Asks how far it is.
   *
   * @throws MigrationException when it has failed
   */
  MigrationStatus unbroken() throws IOException {
    MigrationStatus status = MigrationStatus.query(qmp);
    if (status.broken()) {
      throw new MigrationException("QEMU did not save the VM's state", status.error(), null);
    }
    return status;
  }

  void awaitCompleted() throws IOException {
    new Poll("QEMU did not say that the state is saved", limit).until(() -> unbroken().completed());
  }

  /**
   * Ends it in whatever state it is. QEMU's settings are then such that others' migrations do not
   * hold.
   */
  void cancel() throws IOException {
    qmp.execute("migrate_cancel");
    new Poll("QEMU did not cancel the migration", limit)
        .until(() -> MigrationStatus.query(qmp).idle());
    holdBeforeSwitchover(false);
  }

  void holdBeforeSwitchover(boolean holds) throws IOException {
    qmp.execute(
        "migrate-set-capabilities",
        Map.of(
            "capabilities",
            List.of(
                Map.of("capability", "events", "state", true),
                Map.of("capability", "pause-before-switchover", "state", holds))));
  }
}
