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
import org.jspecify.annotations.Nullable;

/**
 * The demo of the engine alone: two data directories play nodes, and are removed in the end.
 *
 * @param context of the command that shows it
 */
public record EngineDemo(CommandContext context) {
  /**
   * Shows it; takes some minutes.
   *
   * @param accelerator what runs the guest; null lets the machine decide
   */
  public void run(@Nullable Accelerator accelerator) throws IOException {
    Path root = Folders.create(SmallGuest.defaultCache().resolve("demo"));
    QemuBinary qemu = context.qemu();
    context.say("QEMU " + qemu.version() + "; everything lies in " + root);
    try (ResourceLock _ = ResourceLock.acquire(root, "lock", "the demo's folder", "demo")) {
      DemoReport report = play(root, qemu, accelerator);
      report.prove();
      context.result(report, "\n" + report.proof() + "\n\n" + report.figures());
      context.say("\nThe same application runs on: same boot, same memory, same disk.");
    }
  }

  private DemoReport play(Path root, QemuBinary qemu, @Nullable Accelerator accelerator)
      throws IOException {
    Path exchange = Folders.create(root.resolve("exchange"));
    Progress progress = context.progress();
    try (DemoNode one = DemoNode.open(root.resolve("node-one"), qemu, progress);
        DemoNode two = DemoNode.open(root.resolve("node-two"), qemu, progress)) {
      return new Demo(context, one, two, exchange)
          .run(guest -> context.accelerator(accelerator, qemu, guest.kernel()));
    } finally {
      Partials.deleteTree(exchange);
    }
  }
}
