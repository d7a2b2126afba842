package io.cloudlet.sidecar.cli;

import io.cloudlet.sidecar.image.Folders;
import io.cloudlet.sidecar.machine.Accelerator;
import io.cloudlet.sidecar.node.DataDirectory;
import io.cloudlet.sidecar.node.FetchProgress;
import io.cloudlet.sidecar.node.Leftovers;
import io.cloudlet.sidecar.node.Progress;
import io.cloudlet.sidecar.qemu.AcceleratorProbe;
import io.cloudlet.sidecar.qemu.QemuBinary;
import io.cloudlet.sidecar.store.HttpAccess;
import io.cloudlet.sidecar.store.HttpPolicy;
import io.cloudlet.sidecar.store.OverlaySource;
import io.cloudlet.sidecar.store.OverlaySources;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** What all commands of one run share: where the data lies and where output goes. */
final class Session implements CommandContext {
  private final Map<String, String> environment;
  private final Output output;
  private Path root;
  private String command = "cloudlet";

  Session(Map<String, String> environment, Output output) {
    this.environment = environment;
    this.output = output;
    this.root = DataDirectory.defaultRoot(environment);
  }

  /** Sets the place of the data, and what the command is called when others find it busy. */
  void configure(Path data, String commandName) {
    root = data;
    command = commandName;
  }

  Output output() {
    return output;
  }

  @Override
  public Path root() {
    return root;
  }

  /** A variable of the environment; empty when it is not set. */
  String variable(String name) {
    return environment.getOrDefault(name, "");
  }

  @Override
  public Map<String, String> environment() {
    return environment;
  }

  @Override
  public void say(String sentence) {
    output.say(sentence);
  }

  @Override
  public void result(Object value, String text) {
    output.result(value, text);
  }

  @Override
  public Progress progress() {
    return output.progress();
  }

  /** Opens the data directory, and puts right what commands that died have left in it. */
  DataDirectory data() throws IOException {
    DataDirectory data = DataDirectory.open(root, command);
    Leftovers.clear(data).forEach(output::say);
    return data;
  }

  @Override
  public QemuBinary qemu() throws IOException {
    String said = variable("CLOUDLET_QEMU");
    return QemuBinary.detect(said.isBlank() ? QemuBinary.DEFAULT_COMMAND : said);
  }

  @Override
  public Accelerator accelerator(
      @Nullable Accelerator wanted, QemuBinary qemu, @Nullable Path kernel) throws IOException {
    if (wanted != null) {
      return wanted;
    }
    Path verdicts = root.toAbsolutePath().resolve("cache");
    return new AcceleratorProbe(qemu, verdicts).kvm(kernel).accelerator();
  }

  /** Opens an overlay by path or URL; the caller closes it. */
  OverlaySource open(String location) throws IOException {
    Path folder = Folders.create(root.toAbsolutePath().resolve("tmp"));
    try (FetchProgress shown = FetchProgress.ofWhole(output.progress())) {
      return new OverlaySources(folder, HttpPolicy.DEFAULT, HttpAccess.ANONYMOUS, shown)
          .open(location);
    }
  }
}
