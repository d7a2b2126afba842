package io.cloudlet.sidecar.cli;

import io.cloudlet.sidecar.base.BaseName;
import io.cloudlet.sidecar.base.BaseStore;
import io.cloudlet.sidecar.image.Digest;
import io.cloudlet.sidecar.node.DataDirectory;
import io.cloudlet.sidecar.node.ImportBase;
import java.io.IOException;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code base import}. */
@Command(
    name = "import",
    description = "Adds a base VM that was exported; all of it is verified first.")
final class BaseImport implements Callable<Integer> {
  private final Session session;

  @Parameters(paramLabel = "FILE|URL", description = "The package.")
  private String location;

  @Option(
      names = "--name",
      paramLabel = "NAME",
      description = "What to call it; otherwise what its maker called it.")
  private @Nullable BaseName name;

  BaseImport(Session session) {
    this.session = session;
  }

  @Override
  public Integer call() throws IOException {
    DataDirectory data = session.data();
    Digest digest = new ImportBase(data, session.output().progress()).run(location, name);
    BaseView view = BaseView.of(BaseStore.at(data.bases()).find(digest.toString()));
    session.output().result(view, "base VM " + view.name() + " is " + digest);
    return ExitCode.OK.code();
  }
}
