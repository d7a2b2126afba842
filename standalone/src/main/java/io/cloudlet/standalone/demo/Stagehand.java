package io.cloudlet.standalone.demo;

import io.cloudlet.sidecar.cli.CommandContext;
import io.cloudlet.sidecar.image.CloudletException;
import io.fabric8.kubernetes.api.model.HasMetadata;
import io.fabric8.kubernetes.client.KubernetesClient;
import java.io.IOException;
import java.io.InterruptedIOException;
import java.time.Duration;
import java.util.Locale;
import java.util.function.BooleanSupplier;
import org.jspecify.annotations.Nullable;

/**
 * Applies resources and waits for them, telling what happens.
 *
 * @param context where it is told
 * @param client a user's
 */
record Stagehand(CommandContext context, KubernetesClient client) {
  private static final Duration PATIENCE = Duration.ofMinutes(10);
  private static final int POLL_MILLIS = 50;
  private static final String MANAGER = "demo";

  /** Hears of each phase that a resource is seen in. */
  interface PhaseListener {
    void enters(String phase);
  }

  /** Applies a resource and returns it when it is ready. */
  <T extends HasMetadata> T apply(T resource, PhaseListener listener) throws IOException {
    T applied = client.resource(resource).fieldManager(MANAGER).serverSideApply();
    return awaitReady(applied, listener);
  }

  private <T extends HasMetadata> T awaitReady(T applied, PhaseListener listener)
      throws IOException {
    long deadline = System.nanoTime() + PATIENCE.toNanos();
    String phase = "";
    while (true) {
      T now = current(applied);
      Stage stage = Stage.of(now);
      if (!stage.phase().equals(phase)) {
        phase = stage.phase();
        listener.enters(phase);
        context.say("- " + name(applied) + " is " + phase);
      }
      if (stage.isReady()) {
        return now;
      }
      if (stage.hasFailed() || System.nanoTime() - deadline > 0) {
        throw new CloudletException(name(applied) + " is not ready: " + stage.message());
      }
      pause();
    }
  }

  /** A resource as it is now. */
  <T extends HasMetadata> T current(T resource) throws CloudletException {
    T found = client.resource(resource).get();
    if (found == null) {
      throw new CloudletException(name(resource) + " has been deleted by somebody else");
    }
    return found;
  }

  /** Deletes a resource and returns when it is gone. */
  void delete(HasMetadata resource) throws IOException {
    client.resource(resource).delete();
    await(name(resource) + " to go", () -> isGone(resource));
  }

  private boolean isGone(HasMetadata resource) {
    @Nullable HasMetadata found = client.resource(resource).get();
    return found == null;
  }

  /** Returns when something has become true. */
  static void await(String what, BooleanSupplier condition) throws IOException {
    long deadline = System.nanoTime() + PATIENCE.toNanos();
    while (!condition.getAsBoolean()) {
      if (System.nanoTime() - deadline > 0) {
        throw new CloudletException(
            "waited " + PATIENCE.toMinutes() + " minutes for " + what + "; see its conditions");
      }
      pause();
    }
  }

  private static void pause() throws InterruptedIOException {
    try {
      Thread.sleep(POLL_MILLIS);
    } catch (InterruptedException e) {
      throw new InterruptedIOException("interrupted");
    }
  }

  private static String name(HasMetadata resource) {
    return resource.getKind().toLowerCase(Locale.ROOT) + "/" + resource.getMetadata().getName();
  }
}
