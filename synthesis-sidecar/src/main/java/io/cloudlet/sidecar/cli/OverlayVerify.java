package io.cloudlet.sidecar.cli;

import io.cloudlet.sidecar.node.Progress;
import io.cloudlet.sidecar.overlay.Blob;
import io.cloudlet.sidecar.overlay.OverlayReader;
import io.cloudlet.sidecar.overlay.Segment;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Parameters;

/** {@code overlay verify}. */
@Command(name = "verify", description = "Reads all of an overlay and compares it with its digests.")
final class OverlayVerify implements Callable<Integer> {
  private final Session session;

  @Parameters(paramLabel = "FILE|URL", description = "The overlay.")
  private String location;

  OverlayVerify(Session session) {
    this.session = session;
  }

  @Override
  public Integer call() throws IOException {
    try (OverlayReader overlay = OverlayReader.open(session.open(location));
        Progress.Stage stage = session.output().progress().begin("verifying", overlay.length())) {
      for (Segment segment : overlay.directory().segments()) {
        int stored = Math.toIntExact(segment.stored());
        overlay.read(segment, ByteBuffer.allocate(stored));
        stage.advance(stored);
      }
      for (Blob blob : overlay.manifest().blobs()) {
        overlay.read(blob);
        stage.advance(blob.stored());
      }
      OverlayView view =
          OverlayView.of(overlay.describe(), overlay.root(), overlay.length(), overlay.manifest());
      session.output().result(view, overlay.describe() + " is intact: " + overlay.root());
    }
    return ExitCode.OK.code();
  }
}
