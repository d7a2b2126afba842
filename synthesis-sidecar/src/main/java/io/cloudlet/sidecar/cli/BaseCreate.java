package io.cloudlet.sidecar.cli;

import io.cloudlet.sidecar.base.BaseName;
import io.cloudlet.sidecar.base.BaseStore;
import io.cloudlet.sidecar.image.Digest;
import io.cloudlet.sidecar.machine.Machine;
import io.cloudlet.sidecar.node.BaseRequest;
import io.cloudlet.sidecar.node.CreateBase;
import io.cloudlet.sidecar.node.DataDirectory;
import io.cloudlet.sidecar.qemu.QemuBinary;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.concurrent.Callable;
import picocli.CommandLine.ArgGroup;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code base create}. */
@Command(
    name = "create",
    sortOptions = false,
    description = "Boots a disk, waits until the guest is ready, and keeps its disk and memory.")
final class BaseCreate implements Callable<Integer> {
  private final Session session;

  @Parameters(paramLabel = "NAME", description = "What to call it.")
  private BaseName name;

  @Option(
      names = "--disk",
      required = true,
      paramLabel = "FILE",
      description = "A bootable disk image, raw or qcow2; it is copied, not changed.")
  private Path disk;

  @ArgGroup(multiplicity = "1")
  private ReadyOptions ready;

  @Option(
      names = "--ready-timeout",
      paramLabel = "TIME",
      defaultValue = "10m",
      description = "How long to wait for that; ${DEFAULT-VALUE}.")
  private Duration patience;

  @Mixin private MachineOptions options;

  @Option(
      names = "--balloon",
      description = "Takes the memory that the guest does not use before keeping the rest.")
  private boolean balloon;

  BaseCreate(Session session) {
    this.session = session;
  }

  @Override
  public Integer call() throws IOException {
    DataDirectory data = session.data();
    QemuBinary qemu = session.qemu();
    Machine machine =
        options.machine(qemu, session.accelerator(options.accelerator(), qemu, options.kernel()));
    BaseRequest request =
        new BaseRequest(
            name,
            disk,
            machine,
            options.kernel(),
            options.initrd(),
            ready.readyWhen(machine.ports()),
            patience,
            balloon);
    Digest digest = new CreateBase(data, qemu, session.output().progress()).run(request);
    BaseView view = BaseView.of(BaseStore.at(data.bases()).find(digest.toString()));
    session.output().result(view, "base VM " + name + " is " + digest);
    return ExitCode.OK.code();
  }
}
