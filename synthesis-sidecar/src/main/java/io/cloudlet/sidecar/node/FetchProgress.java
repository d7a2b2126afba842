package io.cloudlet.sidecar.node;

import io.cloudlet.sidecar.store.FetchListener;
import org.jspecify.annotations.Nullable;

/** A fetch over the network as a stage of a command. Closing ends the stage. Thread-safe. */
public final class FetchProgress implements FetchListener, AutoCloseable {
  /** How the name of the stage begins in which a server has not answered yet. */
  public static final String NO_ANSWER = "no answer yet";

  private static final String RANGES = "fetching";
  private static final String WHOLE = "fetching all of it, as the server gives no ranges";

  private final Progress progress;
  private boolean wanted;
  private String what = RANGES;
  private Progress.@Nullable Stage stage;
  private Progress.@Nullable Stage waiting;
  private long shown;
  private boolean closed;

  private FetchProgress(Progress progress, boolean wanted) {
    this.progress = progress;
    this.wanted = wanted;
  }

  /** Shows every fetch. */
  public static FetchProgress ofAll(Progress progress) {
    return new FetchProgress(progress, true);
  }

  /**
   * Shows a fetch that has to end before work can begin, and no other: what works on the bytes as
   * they come shows itself.
   */
  public static FetchProgress ofWhole(Progress progress) {
    return new FetchProgress(progress, false);
  }

  @Override
  public synchronized void withoutRanges(String url) {
    wanted = true;
    what = WHOLE;
  }

  @Override
  public synchronized void failed(String url, String why) {
    if (closed || stage != null) {
      return;
    }
    endWaiting();
    waiting = progress.begin(NO_ANSWER + " from " + url + " (" + why + "), trying again", 0);
  }

  private void endWaiting() {
    if (waiting != null) {
      waiting.close();
      waiting = null;
    }
  }

  @Override
  public synchronized void fetched(long arrived, long total) {
    if (closed || !wanted) {
      return;
    }
    if (stage == null) {
      endWaiting();
      stage = progress.begin(what, Math.max(0, total));
    }
    if (arrived > shown) {
      stage.advance(arrived - shown);
      shown = arrived;
    }
  }

  @Override
  public synchronized void close() {
    closed = true;
    endWaiting();
    if (stage != null) {
      stage.close();
    }
  }
}
