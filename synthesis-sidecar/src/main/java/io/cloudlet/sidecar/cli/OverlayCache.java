package io.cloudlet.sidecar.cli;

import io.cloudlet.sidecar.node.CacheOverlay;
import io.cloudlet.sidecar.node.DataDirectory;
import io.cloudlet.sidecar.overlay.OverlayReader;
import java.io.IOException;
import java.util.Map;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Parameters;

/** {@code overlay cache}. */
@Command(
    name = "cache",
    description = "Prepares an overlay, so that its next synthesis on this machine is quick.")
final class OverlayCache implements Callable<Integer> {
  private final Session session;

  @Parameters(paramLabel = "FILE|URL", description = "The overlay.")
  private String location;

  OverlayCache(Session session) {
    this.session = session;
  }

  @Override
  public Integer call() throws IOException {
    DataDirectory data = session.data();
    try (OverlayReader overlay = OverlayReader.open(session.open(location))) {
      boolean cached = new CacheOverlay(data, session.output().progress()).run(overlay);
      session
          .output()
          .result(
              Map.of("digest", overlay.root().toString(), "cached", cached),
              cached ? "in the cache" : "not in the cache, which is smaller");
    }
    return ExitCode.OK.code();
  }
}
