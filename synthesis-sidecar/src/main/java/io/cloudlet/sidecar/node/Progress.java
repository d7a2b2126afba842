package io.cloudlet.sidecar.node;

/** Where long work says how far it has come. Implementations are thread-safe. */
public interface Progress {
  /** Says nothing. */
  Progress SILENT = (what, total) -> Stage.SILENT;

  /**
   * A stage of the work begins; stages do not overlap.
   *
   * @param what what is being done, a few words without a full stop: {@code reading memory}
   * @param total bytes that it will go through, or 0 when nobody knows
   */
  Stage begin(String what, long total);

  /** A stage under way; its end is the end of the stage, successful or not. */
  interface Stage extends AutoCloseable {
    /** Says nothing. */
    Stage SILENT = bytes -> {};

    /** So many bytes more are done. Cheap enough to be called for every MiB. */
    void advance(long bytes);

    @Override
    default void close() {}
  }
}
