package io.cloudlet.sidecar.cli;

import io.cloudlet.sidecar.delta.StateFiles;
import io.cloudlet.sidecar.node.ApplyOverlay;
import io.cloudlet.sidecar.node.DataDirectory;
import io.cloudlet.sidecar.overlay.OverlayReader;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Map;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code overlay apply}. */
@Command(
    name = "apply",
    sortOptions = false,
    description =
        "Writes the files that an overlay was made of, from it and the base's files, bit for bit.")
final class OverlayApply implements Callable<Integer> {
  private final Session session;

  @Parameters(paramLabel = "FILE|URL", description = "The overlay.")
  private String location;

  @Option(names = "--base-disk", paramLabel = "FILE", description = "The base's disk.")
  private @Nullable Path baseDisk;

  @Option(names = "--base-memory", paramLabel = "FILE", description = "The base's memory.")
  private @Nullable Path baseMemory;

  @Option(names = "--disk", paramLabel = "FILE", description = "Writes the disk, raw.")
  private @Nullable Path disk;

  @Option(
      names = "--memory",
      paramLabel = "FILE",
      description = "Writes the memory: flat, or the stream that it was.")
  private @Nullable Path memory;

  OverlayApply(Session session) {
    this.session = session;
  }

  @Override
  public Integer call() throws IOException {
    if (disk == null && memory == null) {
      throw new IllegalArgumentException("give a --disk, a --memory, or both to write");
    }
    DataDirectory data = session.data();
    try (OverlayReader overlay = OverlayReader.open(session.open(location))) {
      new ApplyOverlay(data, session.output().progress())
          .run(overlay, new StateFiles(baseDisk, baseMemory), new StateFiles(disk, memory));
      session
          .output()
          .result(Map.of("applied", overlay.root().toString()), "applied " + overlay.describe());
    }
    return ExitCode.OK.code();
  }
}
