package io.cloudlet.sidecar.cli;

import io.cloudlet.sidecar.guest.SmallGuest;
import io.cloudlet.sidecar.image.Folders;
import io.cloudlet.sidecar.image.Partials;
import io.cloudlet.sidecar.machine.Accelerator;
import io.cloudlet.sidecar.node.Progress;
import io.cloudlet.sidecar.node.ResourceLock;
import io.cloudlet.sidecar.qemu.QemuBinary;
import java.io.IOException;
import java.nio.file.Path;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/** {@code demo}. */
@Command(
    name = "demo",
    description =
        "Shows it all on this machine, between two data directories that play nodes, in some"
            + " minutes; removes them in the end.")
final class DemoCommand implements Callable<Integer> {
  private final Session session;

  @Option(
      names = "--accel",
      paramLabel = "tcg|kvm",
      description = "What runs the guest; otherwise kvm where it works.")
  private @Nullable Accelerator accelerator;

  DemoCommand(Session session) {
    this.session = session;
  }

  @Override
  public Integer call() throws IOException {
    Path root = Folders.create(SmallGuest.defaultCache().resolve("demo"));
    QemuBinary qemu = session.qemu();
    Output output = session.output();
    output.say("QEMU " + qemu.version() + "; everything lies in " + root);
    try (ResourceLock _ = ResourceLock.acquire(root, "lock", "the demo's folder", "demo")) {
      DemoReport report = play(root, qemu);
      report.prove();
      output.result(report, "\n" + report.proof() + "\n\n" + report.figures());
      output.say("\nThe same application runs on: same boot, same memory, same disk.");
    }
    return ExitCode.OK.code();
  }

  private DemoReport play(Path root, QemuBinary qemu) throws IOException {
    Path exchange = Folders.create(root.resolve("exchange"));
    Progress progress = session.output().progress();
    try (DemoNode one = DemoNode.open(root.resolve("node-one"), qemu, progress);
        DemoNode two = DemoNode.open(root.resolve("node-two"), qemu, progress)) {
      return new Demo(session.output(), one, two, exchange)
          .run(guest -> session.accelerator(accelerator, qemu, guest.kernel()));
    } finally {
      Partials.deleteTree(exchange);
    }
  }
}
