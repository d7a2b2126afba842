package io.cloudlet.sidecar.cli;

import io.cloudlet.sidecar.delta.OverlaySummary;
import io.cloudlet.sidecar.delta.StateFiles;
import io.cloudlet.sidecar.node.DiffFiles;
import java.io.IOException;
import java.nio.file.Path;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** {@code overlay diff}. */
@Command(
    name = "diff",
    sortOptions = false,
    description =
        "Makes an overlay of files: disks, raw or qcow2; memory, flat or as QEMU writes it with"
            + " migrate \"exec:cat > FILE\". 'overlay apply' is its inverse.")
final class OverlayDiffCommand implements Callable<Integer> {
  private final Session session;

  @Option(names = "--base-disk", paramLabel = "FILE", description = "The base's disk.")
  private @Nullable Path baseDisk;

  @Option(names = "--disk", paramLabel = "FILE", description = "The changed disk.")
  private @Nullable Path disk;

  @Option(names = "--base-memory", paramLabel = "FILE", description = "The base's memory.")
  private @Nullable Path baseMemory;

  @Option(names = "--memory", paramLabel = "FILE", description = "The changed memory.")
  private @Nullable Path memory;

  @Option(
      names = {"-o", "--file"},
      required = true,
      paramLabel = "FILE",
      description = "The overlay to write.")
  private Path file;

  @Mixin private EffortOption effort;

  OverlayDiffCommand(Session session) {
    this.session = session;
  }

  @Override
  public Integer call() throws IOException {
    if (disk == null && memory == null) {
      throw new IllegalArgumentException("give a --disk, a --memory, or both");
    }
    OverlaySummary made =
        new DiffFiles(session.data(), session.output().progress())
            .run(
                new StateFiles(baseDisk, baseMemory),
                new StateFiles(disk, memory),
                effort.value(),
                file.toAbsolutePath());
    OverlayView view = OverlayView.of(file.toString(), made.root(), made.length(), made.manifest());
    session.output().result(view, file + " has " + Amount.bytes(made.length()));
    return ExitCode.OK.code();
  }
}
