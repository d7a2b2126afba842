package io.cloudlet.sidecar.cli;

import io.cloudlet.sidecar.overlay.OverlayReader;
import io.cloudlet.sidecar.overlay.PageCounts;
import java.io.IOException;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Parameters;

/** {@code overlay info}. */
@Command(name = "info", description = "Shows what an overlay says about itself.")
final class OverlayInfo implements Callable<Integer> {
  private final Session session;

  @Parameters(paramLabel = "FILE|URL", description = "The overlay.")
  private String location;

  OverlayInfo(Session session) {
    this.session = session;
  }

  @Override
  public Integer call() throws IOException {
    try (OverlayReader overlay = OverlayReader.open(session.open(location))) {
      OverlayView view =
          OverlayView.of(overlay.describe(), overlay.root(), overlay.length(), overlay.manifest());
      session.output().result(view, text(view));
    }
    return ExitCode.OK.code();
  }

  private static String text(OverlayView view) {
    Table about =
        new Table("digest", view.digest())
            .row("size", Amount.bytes(view.bytes()))
            .row("base", view.base() == null ? "known by its images" : view.base())
            .row("created", view.created())
            .row("effort", view.effort())
            .row("starts by", view.resumes() ? "resuming" : "booting");
    Table images = new Table("IMAGE", "SIZE", "CHANGED", "ZERO", "OF BASE", "REPEATED", "NEW");
    for (OverlayView.Image image : view.images()) {
      PageCounts pages = image.pages();
      images.row(
          image.id(),
          Amount.bytes(image.bytes()),
          Long.toString(pages.total()),
          Long.toString(pages.zero()),
          Long.toString(pages.base()),
          Long.toString(pages.repeated()),
          Long.toString(pages.fresh()));
    }
    return about + "\n\n" + images;
  }
}
