package io.cloudlet.sidecar.node;

import io.cloudlet.sidecar.delta.Stage;
import org.jspecify.annotations.Nullable;

/** Shows the stages of an encoder one after the other. For the one thread that encodes. */
final class EncodingProgress implements io.cloudlet.sidecar.delta.Progress, AutoCloseable {
  private final Progress progress;
  private @Nullable Stage stage;
  private Progress.Stage shown = Progress.Stage.SILENT;
  private long shownBytes;

  EncodingProgress(Progress progress) {
    this.progress = progress;
  }

  @Override
  public void at(Stage now, long done, long total) {
    if (now != stage) {
      shown.close();
      shown = progress.begin(name(now), total);
      stage = now;
      shownBytes = 0;
    }
    shown.advance(done - shownBytes);
    shownBytes = done;
  }

  private static String name(Stage stage) {
    return switch (stage) {
      case DEDUPLICATE -> "deduplicating";
      case COMPRESS -> "compressing";
      case VERIFY -> "verifying";
    };
  }

  @Override
  public void close() {
    shown.close();
    shown = Progress.Stage.SILENT;
  }
}
