package io.cloudlet.sidecar.cli;

import io.cloudlet.sidecar.machine.Port;
import io.cloudlet.sidecar.node.DataDirectory;
import io.cloudlet.sidecar.node.SynthesisRequest;
import io.cloudlet.sidecar.node.SynthesisResult;
import io.cloudlet.sidecar.node.SynthesizeOverlay;
import io.cloudlet.sidecar.node.VmName;
import io.cloudlet.sidecar.overlay.OverlayReader;
import io.cloudlet.sidecar.synthesis.Way;
import java.io.IOException;
import java.util.List;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code synthesize}. */
@Command(
    name = "synthesize",
    sortOptions = false,
    description = "Puts an overlay and its base VM together and resumes the VM.")
final class Synthesize implements Callable<Integer> {
  private final Session session;

  @Parameters(paramLabel = "FILE|URL", description = "The overlay; a URL is read by ranges.")
  private String location;

  @Option(
      names = "--name",
      paramLabel = "VM",
      description = "What to call the VM; otherwise it is called after the overlay's file.")
  private @Nullable VmName name;

  @Option(
      names = "--port",
      paramLabel = "[HOST:]GUEST",
      description = "Forwards these ports instead of the overlay's. Repeatable.")
  private @Nullable List<Port> ports;

  @Option(names = "--disk-only", description = "Boots from the disk; the memory is left out.")
  private boolean diskOnly;

  @Option(
      names = "--no-cache",
      description = "Does not prepare the next start of this overlay in the background.")
  private boolean noCache;

  Synthesize(Session session) {
    this.session = session;
  }

  @Override
  public Integer call() throws IOException {
    DataDirectory data = session.data();
    try (OverlayReader overlay = OverlayReader.open(session.open(location))) {
      SynthesisRequest request =
          new SynthesisRequest(name == null ? nameOf(location) : name, ports, diskOnly);
      SynthesisResult made =
          new SynthesizeOverlay(data, session.qemu(), session.output().progress())
              .run(overlay, request);
      session.output().result(SynthesisView.of(made), SynthesisView.text(made));
      if (made.way() == Way.DELTA && !noCache) {
        new BackgroundCommand(data.root()).start("overlay", "cache", location);
      }
    }
    return ExitCode.OK.code();
  }

  private static VmName nameOf(String location) {
    String path = location.replaceAll("[?#].*", "");
    String file = path.substring(path.lastIndexOf('/') + 1);
    return VmNames.after(file.replaceAll("\\.[A-Za-z0-9]+$", ""));
  }
}
