package io.cloudlet.sidecar.synthesis;

/** Is told how a synthesis goes on. Called from several threads, at least once per segment. */
public interface SynthesisListener {
  /** Ignores everything. */
  SynthesisListener NONE = (bytes, bytesTotal, pages, pagesTotal) -> {};

  /**
   * More is done.
   *
   * @param bytes of the overlay that have been fetched and verified
   * @param bytesTotal bytes of the overlay that will be fetched
   * @param pages pages that have been decoded and placed
   * @param pagesTotal pages of the overlay that will be placed
   */
  void advanced(long bytes, long bytesTotal, long pages, long pagesTotal);
}
