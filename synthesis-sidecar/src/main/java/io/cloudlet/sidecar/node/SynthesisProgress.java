package io.cloudlet.sidecar.node;

import io.cloudlet.sidecar.image.Page;
import io.cloudlet.sidecar.synthesis.SynthesisListener;
import org.jspecify.annotations.Nullable;

/** Shows a synthesis as one stage: pages that have been placed. Thread-safe. */
final class SynthesisProgress implements SynthesisListener, AutoCloseable {
  private final Progress progress;
  private final String what;
  private Progress.@Nullable Stage stage;
  private long shown;

  SynthesisProgress(Progress progress, String what) {
    this.progress = progress;
    this.what = what;
  }

  @Override
  public synchronized void advanced(long bytes, long bytesTotal, long pages, long pagesTotal) {
    if (stage == null) {
      stage = progress.begin(what, pagesTotal << Page.SHIFT);
    }
    // Several threads report, so an older number may come after a newer one.
    if (pages > shown) {
      stage.advance((pages - shown) << Page.SHIFT);
      shown = pages;
    }
  }

  @Override
  public synchronized void close() {
    if (stage != null) {
      stage.close();
      stage = null;
    }
  }
}
