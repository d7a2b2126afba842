package io.cloudlet.standalone.chart;

import io.fabric8.kubernetes.api.model.batch.v1.Job;
import io.fabric8.kubernetes.api.model.batch.v1.JobConditionBuilder;
import io.fabric8.kubernetes.api.model.batch.v1.JobStatus;
import io.fabric8.kubernetes.api.model.batch.v1.JobStatusBuilder;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.KubernetesClientException;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Executors;
import org.awaitility.Awaitility;
import org.jspecify.annotations.Nullable;

/** Ends the Job of a hook in place of the controller that would run it. */
record HookJob(KubernetesClient client, String name) {
  private static final Duration PATIENCE = Duration.ofMinutes(1);

  /** The next Job of that name has done its work. */
  CompletableFuture<Void> succeeds() {
    return ends(List.of("SuccessCriteriaMet", "Complete"), 1, 0);
  }

  /** The next Job of that name has failed. */
  CompletableFuture<Void> fails() {
    return ends(List.of("FailureTarget", "Failed"), 0, 1);
  }

  private CompletableFuture<Void> ends(List<String> conditions, int succeeded, int failed) {
    String before = uid();
    return CompletableFuture.runAsync(
        () -> {
          Awaitility.await(name)
              .atMost(PATIENCE)
              .ignoreExceptionsInstanceOf(KubernetesClientException.class)
              .until(() -> !uid().isEmpty() && !uid().equals(before));
          Job job = Objects.requireNonNull(find());
          job.setStatus(status(conditions, succeeded, failed));
          client.resource(job).updateStatus();
        },
        Executors.newVirtualThreadPerTaskExecutor());
  }

  private String uid() {
    Job job = find();
    return job == null ? "" : job.getMetadata().getUid();
  }

  private @Nullable Job find() {
    return client.batch().v1().jobs().inNamespace(Chart.NAMESPACE).withName(name).get();
  }

  private static JobStatus status(List<String> conditions, int succeeded, int failed) {
    String now = Instant.now().toString();
    JobStatusBuilder status =
        new JobStatusBuilder()
            .withStartTime(now)
            .withSucceeded(succeeded)
            .withFailed(failed)
            .withConditions(
                conditions.stream()
                    .map(it -> new JobConditionBuilder().withType(it).withStatus("True").build())
                    .toList());
    return (succeeded > 0 ? status.withCompletionTime(now) : status).build();
  }
}
