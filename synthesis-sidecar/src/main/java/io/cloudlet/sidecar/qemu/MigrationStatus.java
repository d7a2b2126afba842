package io.cloudlet.sidecar.qemu;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.util.Set;

/**
 * How far a migration is, as {@code query-migrate} tells it.
 *
 * @param status QEMU's word; empty when there was none yet
 * @param error QEMU's reason for a failure; empty when there is none
 */
record MigrationStatus(String status, String error) {
  private static final Set<String> BROKEN = Set.of("failed", "cancelled", "cancelling", "failing");
  private static final Set<String> IDLE = Set.of("", "none", "completed", "failed", "cancelled");

  static MigrationStatus query(QmpClient qmp) throws IOException {
    JsonNode reply = qmp.execute("query-migrate");
    return new MigrationStatus(reply.path("status").asText(), reply.path("error-desc").asText());
  }

  boolean completed() {
    return status.equals("completed");
  }

  boolean broken() {
    return BROKEN.contains(status);
  }

  boolean idle() {
    return IDLE.contains(status);
  }
}
