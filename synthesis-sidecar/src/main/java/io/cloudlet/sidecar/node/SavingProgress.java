package io.cloudlet.sidecar.node;

/** Shows that a VM's memory is being read, and when its guest has to stand still for that. */
final class SavingProgress implements AutoCloseable {
  private final Progress progress;
  private volatile Progress.Stage stage;

  SavingProgress(Progress progress) {
    this.progress = progress;
    this.stage = progress.begin("reading memory", 0);
  }

  /** The guest stands still from here on. */
  void paused() {
    stage.close();
    stage = progress.begin("pausing the guest", 0);
  }

  @Override
  public void close() {
    stage.close();
  }
}
