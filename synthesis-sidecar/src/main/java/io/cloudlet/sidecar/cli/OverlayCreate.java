package io.cloudlet.sidecar.cli;

import io.cloudlet.sidecar.node.AfterCapture;
import io.cloudlet.sidecar.node.CaptureOverlay;
import io.cloudlet.sidecar.node.CaptureRequest;
import io.cloudlet.sidecar.node.CaptureResult;
import io.cloudlet.sidecar.node.VmName;
import java.io.IOException;
import java.nio.file.Path;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code overlay create}. */
@Command(
    name = "create",
    sortOptions = false,
    description = "Captures what a VM has become since its base VM, in one file.")
final class OverlayCreate implements Callable<Integer> {
  private final Session session;

  @Parameters(paramLabel = "VM", description = "Its name.")
  private VmName name;

  @Option(
      names = {"-o", "--file"},
      required = true,
      paramLabel = "FILE",
      description = "The overlay; it gets this name when it has been verified.")
  private Path file;

  @Mixin private EffortOption effort;

  @Option(
      names = "--after",
      paramLabel = "WHAT",
      defaultValue = "continue",
      description =
          "continue, stop or delete: what becomes of the VM once the overlay has been verified;"
              + " ${DEFAULT-VALUE}.")
  private AfterCapture after;

  @Option(names = "--disk-only", description = "Without memory: the result boots.")
  private boolean diskOnly;

  @Option(
      names = "--balloon",
      description = "Takes the memory that the guest does not use before the capture.")
  private boolean balloon;

  OverlayCreate(Session session) {
    this.session = session;
  }

  @Override
  public Integer call() throws IOException {
    CaptureRequest request =
        new CaptureRequest(name, file, effort.value(), after, diskOnly, balloon);
    CaptureResult result =
        new CaptureOverlay(session.data(), session.output().progress()).run(request);
    OverlayView view =
        OverlayView.of(
            file.toString(),
            result.overlay().root(),
            result.overlay().length(),
            result.overlay().manifest());
    String text =
        file
            + " has "
            + Amount.bytes(result.overlay().length())
            + "; the guest was paused for "
            + Amount.time(result.pause())
            + " of "
            + Amount.time(result.total())
            + "\n"
            + result.overlay().root();
    session.output().result(CaptureView.of(view, result), text);
    return ExitCode.OK.code();
  }
}
