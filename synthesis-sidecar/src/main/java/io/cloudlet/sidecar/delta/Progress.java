package io.cloudlet.sidecar.delta;

/** Hears how far the making of an overlay is. */
@FunctionalInterface
public interface Progress {
  /** Hears nothing. */
  Progress NONE = (stage, done, total) -> {};

  /**
   * Called on the thread that makes the overlay, a few times per second or more often.
   *
   * @param done bytes of guest state that this stage has seen to, up to {@code total}
   */
  void at(Stage stage, long done, long total);
}
