package io.cloudlet.sidecar.cli;

import io.cloudlet.sidecar.base.BaseEntry;
import io.cloudlet.sidecar.base.BaseStore;
import io.cloudlet.sidecar.node.Progress;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Parameters;

/** {@code base export}. */
@Command(name = "export", description = "Writes a base VM to one file for other machines.")
final class BaseExport implements Callable<Integer> {
  private final Session session;

  @Parameters(
      index = "0",
      paramLabel = "BASE",
      description = "Its name, or the first digits of its digest.")
  private String base;

  @Parameters(index = "1", paramLabel = "FILE", description = "The package to write.")
  private Path file;

  BaseExport(Session session) {
    this.session = session;
  }

  @Override
  public Integer call() throws IOException {
    BaseStore store = BaseStore.at(session.data().bases());
    BaseEntry entry = store.find(base);
    long bytes = entry.manifest().bytes();
    try (Progress.Stage stage = session.output().progress().begin("exporting", bytes)) {
      store.exportTo(entry, file, stage::advance);
    }
    long size = Files.size(file);
    session
        .output()
        .result(
            Map.of("file", file.toString(), "bytes", size, "digest", entry.digest().toString()),
            file + " has " + Amount.bytes(size));
    return ExitCode.OK.code();
  }
}
