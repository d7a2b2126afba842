package io.cloudlet.sidecar.node;

import java.io.IOException;

/** Steps that have to be taken even when somebody wants this thread to end. */
final class CleanUp {
  private CleanUp() {}

  /** One step. */
  @FunctionalInterface
  interface Step {
    void take() throws IOException;
  }

  /**
   * Takes a step after something failed; what goes wrong in it is added to the failure. An
   * interrupt, which would break every channel, waits until the step is done.
   */
  static void after(Throwable failure, Step step) {
    boolean interrupted = Thread.interrupted();
    try {
      step.take();
    } catch (IOException | RuntimeException e) {
      failure.addSuppressed(e);
    } finally {
      if (interrupted) {
        Thread.currentThread().interrupt();
      }
    }
  }
}
