package io.cloudlet.sidecar.cli;

import io.cloudlet.sidecar.base.BaseEntry;
import io.cloudlet.sidecar.base.BaseStore;
import io.cloudlet.sidecar.machine.Port;
import io.cloudlet.sidecar.node.DataDirectory;
import io.cloudlet.sidecar.node.ResumeBase;
import io.cloudlet.sidecar.node.SynthesisRequest;
import io.cloudlet.sidecar.node.VmName;
import io.cloudlet.sidecar.node.VmRecord;
import java.io.IOException;
import java.util.List;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code vm resume}. */
@Command(name = "resume", description = "Starts a VM in the state of a base VM.")
final class VmResume implements Callable<Integer> {
  private final Session session;

  @Parameters(paramLabel = "BASE", description = "Its name, or the first digits of its digest.")
  private String base;

  @Option(
      names = "--name",
      paramLabel = "VM",
      description = "What to call the VM; otherwise it is called after the base VM.")
  private @Nullable VmName name;

  @Option(
      names = "--port",
      paramLabel = "[HOST:]GUEST",
      description = "Forwards these ports instead of the base VM's. Repeatable.")
  private @Nullable List<Port> ports;

  VmResume(Session session) {
    this.session = session;
  }

  @Override
  public Integer call() throws IOException {
    DataDirectory data = session.data();
    BaseEntry entry = BaseStore.at(data.bases()).find(base);
    VmName called = name == null ? VmNames.after(entry.name().text()) : name;
    VmRecord vm =
        new ResumeBase(data, session.qemu(), session.output().progress())
            .run(entry, new SynthesisRequest(called, ports, false))
            .vm();
    session.output().result(VmView.of(vm), VmText.runs(vm));
    return ExitCode.OK.code();
  }
}
