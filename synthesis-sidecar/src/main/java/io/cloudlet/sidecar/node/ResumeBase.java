package io.cloudlet.sidecar.node;

import io.cloudlet.sidecar.base.BaseEntry;
import io.cloudlet.sidecar.base.BaseStore;
import io.cloudlet.sidecar.base.BaseVm;
import io.cloudlet.sidecar.image.ImageId;
import io.cloudlet.sidecar.image.MappedImage;
import io.cloudlet.sidecar.image.Qcow2Writer;
import io.cloudlet.sidecar.machine.Machine;
import io.cloudlet.sidecar.qemu.MemoryLoad;
import io.cloudlet.sidecar.qemu.QemuBinary;
import io.cloudlet.sidecar.qemu.QemuCommand;
import io.cloudlet.sidecar.qemu.VmFiles;
import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;

/** Starts a VM in the state that its base VM was captured in. */
public final class ResumeBase {
  private final DataDirectory data;
  private final QemuBinary qemu;
  private final Progress progress;

  /** In a data directory, with a QEMU. */
  public ResumeBase(DataDirectory data, QemuBinary qemu, Progress progress) {
    this.data = data;
    this.qemu = qemu;
    this.progress = progress;
  }

  /**
   * Starts the VM; it runs when this returns, and there is none when this fails.
   *
   * @param machine the base VM's machine, maybe behind other ports
   */
  public VmRecord run(VmName name, BaseEntry entry, Machine machine) throws IOException {
    try (ResourceLock _ = data.lockVm(name);
        BaseVm base = BaseStore.at(data.bases()).open(entry);
        NewVm vm = NewVm.register(data, VmRecord.starting(name, base.digest(), null, machine));
        Progress.Stage _ = progress.begin("resuming " + name, 0)) {
      layDisk(base, vm.files());
      Path memory = base.path(ImageId.MAIN_MEMORY);
      QemuCommand command =
          new QemuCommand(
              qemu, machine, base.kernel().orElse(null), base.initrd().orElse(null), memory, true);
      try (RunningVm running = RunningVm.start(command, vm.files())) {
        new MemoryLoad(running.qmp(), running.handle(), Limits.STALL).load(new BaseState(base));
        return vm.runs(running);
      }
    }
  }

  private static void layDisk(BaseVm base, VmFiles files) throws IOException {
    MappedImage disk = base.image(ImageId.FIRST_DISK);
    try (FileChannel channel =
        FileChannel.open(files.disk(), StandardOpenOption.CREATE_NEW, StandardOpenOption.WRITE)) {
      Qcow2Writer.writeEmpty(channel, disk.length(), disk.path().toString());
    }
  }
}
