package io.cloudlet.sidecar.synthesis;

import io.cloudlet.sidecar.base.BaseDraft;
import io.cloudlet.sidecar.base.BaseName;
import io.cloudlet.sidecar.base.BaseStore;
import io.cloudlet.sidecar.base.BaseVm;
import io.cloudlet.sidecar.guest.ApplicationState;
import io.cloudlet.sidecar.guest.BuildProgress;
import io.cloudlet.sidecar.guest.GuestApplication;
import io.cloudlet.sidecar.guest.GuestImage;
import io.cloudlet.sidecar.guest.SmallGuest;
import io.cloudlet.sidecar.image.AtomicFile;
import io.cloudlet.sidecar.image.Durability;
import io.cloudlet.sidecar.image.ImageId;
import io.cloudlet.sidecar.image.Qcow2Writer;
import io.cloudlet.sidecar.machine.Accelerator;
import io.cloudlet.sidecar.machine.DirectKernel;
import io.cloudlet.sidecar.machine.Machine;
import io.cloudlet.sidecar.machine.Port;
import io.cloudlet.sidecar.qemu.LiveQemu;
import io.cloudlet.sidecar.qemu.MemorySave;
import io.cloudlet.sidecar.qemu.PausedVm;
import io.cloudlet.sidecar.qemu.ProcessHost;
import io.cloudlet.sidecar.qemu.QemuBinary;
import io.cloudlet.sidecar.qemu.QemuCommand;
import io.cloudlet.sidecar.qemu.QemuLauncher;
import io.cloudlet.sidecar.qemu.QmpClient;
import io.cloudlet.sidecar.qemu.VmFiles;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;

/** The small guest as a base VM, and overlays of it, made without the encoder of the product. */
final class GuestLab implements AutoCloseable {
  static final Duration PATIENCE = Duration.ofMinutes(2);

  final QemuBinary binary = QemuBinary.detect(QemuBinary.DEFAULT_COMMAND);
  final Machine machine;
  final BaseStore store;
  private final GuestImage guest;
  private final Path folder;
  private final List<LiveQemu> running = new ArrayList<>();
  private int vms;

  GuestLab(Path folder) throws IOException {
    this.folder = folder;
    this.guest = SmallGuest.build(SmallGuest.defaultCache(), BuildProgress.silent());
    this.store = BaseStore.at(folder.resolve("bases"));
    String machineType = "pc-q35-" + binary.version().major() + "." + binary.version().minor();
    this.machine =
        new Machine(
            Machine.LAYOUT,
            machineType,
            "qemu64",
            1,
            guest.memoryBytes(),
            Accelerator.TCG,
            List.of(),
            new DirectKernel(true, guest.append()),
            true);
  }

  /** A folder for another VM, and a port of this host that leads to its application. */
  VmTarget target() throws IOException {
    Path vm = Files.createDirectory(folder.resolve("vm" + vms++));
    return new VmTarget(
        binary, machine.withPorts(List.of(port())), new ProcessHost(new VmFiles(vm)));
  }

  GuestApplication application(VmTarget target) {
    return new GuestApplication(target.machine().ports().getFirst().host(), PATIENCE);
  }

  LiveQemu running(LiveQemu process) {
    running.add(process);
    return process;
  }

  /** Boots the guest and makes a base of it as it is then, with its application not started. */
  BaseVm makeBase() throws IOException {
    VmTarget target = target();
    try (AtomicFile disk = AtomicFile.create(target.files().disk(), Durability.CACHE)) {
      Qcow2Writer.writeEmpty(
          disk.channel(), Files.size(guest.disk()), guest.disk().toAbsolutePath().toString());
      disk.commit();
    }
    QemuCommand command =
        new QemuCommand(binary, target.machine(), guest.kernel(), guest.initrd(), null, false);
    LiveQemu qemu = running(new QemuLauncher().start(command, target.files(), PATIENCE));
    try (GuestApplication application = application(target)) {
      ApplicationState idle = application.awaitPulse(PATIENCE);
      if (idle.started()) {
        throw new IllegalStateException("the base must be idle: " + idle);
      }
    }
    try (BaseDraft draft = store.draft(new BaseName("small"))) {
      try (FlatCapture capture = new FlatCapture(draft::addImage)) {
        capture(qemu, capture, draft.addImage(ImageId.FIRST_DISK));
        draft.preamble(capture.preamble());
        draft.deviceState(capture.deviceState());
      }
      draft.kernel(guest.kernel());
      draft.initrd(guest.initrd());
      return store.open(draft.commit(machine));
    }
  }

  /** Makes an overlay of a VM and ends the VM. */
  Path makeOverlay(BaseVm base, LiveQemu qemu) throws IOException {
    Path flat = Files.createDirectory(folder.resolve("flat"));
    BaseImages.Locator files = id -> flat.resolve(id.toString().replace('/', '_'));
    List<ImageId> ids = new ArrayList<>(List.of(ImageId.FIRST_DISK));
    Path overlay = folder.resolve("guest.overlay");
    try (FlatCapture capture = new FlatCapture(files)) {
      capture(qemu, capture, files.locate(ImageId.FIRST_DISK));
      ids.addAll(capture.ids);
      try (NaiveEncoder encoder = new NaiveEncoder(ids, base::path, files, 512)) {
        encoder.write(overlay, base.digest(), machine, capture.preamble(), capture.deviceState());
      }
    }
    return overlay;
  }

  private static void capture(LiveQemu qemu, FlatCapture capture, Path disk) throws IOException {
    try (QmpClient qmp = QmpClient.connect(qemu.files().qmp(), PATIENCE)) {
      PausedVm.pause(qmp);
      new MemorySave(qmp, qemu.handle(), PATIENCE).save(capture);
    }
    qemu.stop(PATIENCE);
    run("qemu-img", "convert", "-O", "raw", qemu.files().disk().toString(), disk.toString());
  }

  static void run(String... command) throws IOException {
    try {
      Process process = new ProcessBuilder(command).inheritIO().start();
      if (process.waitFor() != 0) {
        throw new IOException("failed: " + List.of(command));
      }
    } catch (InterruptedException e) {
      throw new IOException(e);
    }
  }

  private Port port() throws IOException {
    try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
      return new Port(socket.getLocalPort(), guest.port());
    }
  }

  @Override
  public void close() throws IOException {
    for (LiveQemu process : running) {
      if (process.isAlive()) {
        process.kill();
      }
    }
  }
}
