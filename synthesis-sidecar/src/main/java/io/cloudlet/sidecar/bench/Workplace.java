package io.cloudlet.sidecar.bench;

import io.cloudlet.sidecar.base.BaseEntry;
import io.cloudlet.sidecar.base.BaseName;
import io.cloudlet.sidecar.base.BaseStore;
import io.cloudlet.sidecar.base.NoSuchBaseException;
import io.cloudlet.sidecar.guest.DebianCustomisation;
import io.cloudlet.sidecar.guest.DebianGuest;
import io.cloudlet.sidecar.guest.GuestConsole;
import io.cloudlet.sidecar.image.Digest;
import io.cloudlet.sidecar.image.Folders;
import io.cloudlet.sidecar.image.Partials;
import io.cloudlet.sidecar.machine.Machine;
import io.cloudlet.sidecar.node.BaseRequest;
import io.cloudlet.sidecar.node.CreateBase;
import io.cloudlet.sidecar.node.DataDirectory;
import io.cloudlet.sidecar.node.Progress;
import io.cloudlet.sidecar.node.ReadyWhen;
import io.cloudlet.sidecar.node.ResumeBase;
import io.cloudlet.sidecar.node.SynthesisRequest;
import io.cloudlet.sidecar.node.VmLifecycle;
import io.cloudlet.sidecar.node.VmName;
import io.cloudlet.sidecar.node.VmRegistry;
import io.cloudlet.sidecar.qemu.QemuBinary;
import io.cloudlet.sidecar.qemu.QmpClient;
import io.cloudlet.sidecar.qemu.VmFiles;
import java.io.IOException;
import java.io.InterruptedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.time.Duration;

/**
 * A data directory of its own with the base VM of the Debian guest, and the customised state of it.
 * Both are made once and kept, in a folder named after what they are made from.
 */
final class Workplace {
  private static final BaseName BASE = new BaseName("debian");
  private static final VmName CUSTOMISED = new VmName("customised");
  private static final Duration BOOT = Duration.ofMinutes(10);

  /** A guest reports free pages some seconds after they became free. */
  private static final Duration SETTLING = Duration.ofSeconds(10);

  private final DebianGuest guest;
  private final QemuBinary qemu;
  private final Progress progress;
  private final Path folder;
  private final DataDirectory data;

  private Workplace(
      DebianGuest guest, QemuBinary qemu, Progress progress, Path folder, DataDirectory data) {
    this.guest = guest;
    this.qemu = qemu;
    this.progress = progress;
    this.folder = folder;
    this.data = data;
  }

  /**
   * Opens the folder.
   *
   * @param cache where it lies
   */
  static Workplace open(Path cache, DebianGuest guest, QemuBinary qemu, Progress progress)
      throws IOException {
    String content =
        guest.image().disk() + " " + DebianCustomisation.digest() + " " + qemu.version();
    String key = Digest.sha256(content.getBytes(StandardCharsets.UTF_8)).shortHex();
    Path folder = Folders.create(cache.toAbsolutePath().resolve("bench-" + key));
    Partials.clean(folder);
    DataDirectory data = DataDirectory.open(folder.resolve("data"), "bench");
    return new Workplace(guest, qemu, progress, folder, data);
  }

  DataDirectory data() {
    return data;
  }

  /** For files that are not kept. */
  Path scratch() throws IOException {
    return Folders.create(Partials.siblingOf(folder.resolve("scratch")));
  }

  /** The base VM, booted and idle, of which all else is made. */
  BaseEntry base(Machine machine) throws IOException {
    return base(BASE, machine);
  }

  /** The same guest booted in another machine. */
  BaseEntry base(BaseName name, Machine machine) throws IOException {
    BaseStore store = BaseStore.at(data.bases());
    try {
      return store.find(name.text());
    } catch (NoSuchBaseException e) {
      new CreateBase(data, qemu, progress)
          .run(
              new BaseRequest(
                  name,
                  guest.image().disk(),
                  machine,
                  guest.image().kernel(),
                  guest.image().initrd(),
                  new ReadyWhen.ConsolePrints(guest.image().ready()),
                  BOOT,
                  false));
      return store.find(name.text());
    }
  }

  /** The customised state. */
  BenchState state(BaseEntry base) throws IOException {
    Path target = folder.resolve("state");
    if (!Files.isDirectory(target)) {
      Path partial = Folders.create(Partials.siblingOf(target));
      try {
        customise(base, BenchState.in(partial));
        Files.move(partial, target, StandardCopyOption.ATOMIC_MOVE);
      } finally {
        Partials.deleteTree(partial);
      }
    }
    return BenchState.in(target);
  }

  private void customise(BaseEntry base, BenchState into) throws IOException {
    VmRegistry registry = new VmRegistry(data);
    VmLifecycle lifecycle = new VmLifecycle(data);
    if (registry.find(CUSTOMISED).isPresent()) {
      lifecycle.remove(CUSTOMISED, true);
    }
    new ResumeBase(data, qemu, progress).run(base, new SynthesisRequest(CUSTOMISED, null, false));
    try {
      VmFiles files = registry.folder(CUSTOMISED).files();
      try (Progress.Stage _ = progress.begin("customising (some minutes)", 0);
          DebianCustomisation customisation = DebianCustomisation.of(guest);
          GuestConsole console = GuestConsole.open(files.console())) {
        customisation.apply(console);
        settle();
      }
      try (Progress.Stage _ = progress.begin("saving the customised state", 0);
          QmpClient qmp = QmpClient.connect(files.qmp(), QmpClient.DEFAULT_TIMEOUT)) {
        qmp.execute("stop");
        new QemuOwn(qmp).save(into.stream());
        Files.copy(files.disk(), into.disk());
      }
    } finally {
      lifecycle.remove(CUSTOMISED, true);
    }
  }

  private static void settle() throws IOException {
    try {
      Thread.sleep(SETTLING);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new InterruptedIOException("interrupted while the guest settles");
    }
  }
}
