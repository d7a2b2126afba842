package io.cloudlet.sidecar.qemu;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.util.Set;

/**
 * How far a migration is, as {@code query-migrate} tells it.
 *
 * @param status QEMU's word; empty when there was none yet
 * @param error QEMU's reason for a failure; empty when there is none
 * @param passes how often memory has been looked through for what the guest has changed
 */
record MigrationStatus(String status, String error, int passes) {
  /** The guest stands still, and QEMU waits for leave to end the migration. */
  static final String HOLDING = "pre-switchover";

  static final String COMPLETED = "completed";

  private static final Set<String> BROKEN = Set.of("failed", "cancelled", "cancelling", "failing");
  private static final Set<String> IDLE = Set.of("", "none", COMPLETED, "failed", "cancelled");

  static MigrationStatus query(QmpClient qmp) throws IOException {
    JsonNode reply = qmp.execute("query-migrate");
    return new MigrationStatus(
        reply.path("status").asText(),
        reply.path("error-desc").asText(),
        reply.at("/ram/dirty-sync-count").asInt());
  }

  boolean completed() {
    return status.equals(COMPLETED);
  }

  boolean active() {
    return status.equals("active");
  }

  boolean broken() {
    return BROKEN.contains(status);
  }

  boolean idle() {
    return IDLE.contains(status);
  }
}
