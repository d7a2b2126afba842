package io.cloudlet.sidecar.qemu;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.MissingNode;
import io.cloudlet.sidecar.image.CloudletException;
import java.io.IOException;
import java.time.Duration;
import java.util.Map;

/**
 * A background job of QEMU, which has to be of the kind that is dismissed by request.
 *
 * @param qmp where it runs
 * @param id its name
 */
record QmpJob(QmpClient qmp, String id) {
  boolean exists() throws IOException {
    return !query().isMissingNode();
  }

  /** Waits for its end, completes it when it is ready, dismisses it. */
  void finish(Duration limit) throws IOException {
    new Poll("QEMU's job " + id + " did not end", limit).until(this::concluded);
    JsonNode job = query();
    qmp.execute("job-dismiss", Map.of("id", id));
    if (job.has("error")) {
      throw new CloudletException("QEMU's job " + id + " failed: " + job.path("error").asText());
    }
  }

  private boolean concluded() throws IOException {
    switch (query().path("status").asText()) {
      case "ready" -> complete();
      case "concluded" -> {
        return true;
      }
      case "" -> throw new CloudletException("QEMU's job " + id + " is gone");
      default -> {}
    }
    return false;
  }

  private void complete() throws IOException {
    try {
      qmp.execute("job-complete", Map.of("id", id));
    } catch (QmpException e) {
      // It may have ended between the question and the request, in either way.
      if (query().path("status").asText().equals("ready")) {
        throw e;
      }
    }
  }

  private JsonNode query() throws IOException {
    for (JsonNode job : qmp.execute("query-jobs")) {
      if (job.path("id").asText().equals(id)) {
        return job;
      }
    }
    return MissingNode.getInstance();
  }
}
