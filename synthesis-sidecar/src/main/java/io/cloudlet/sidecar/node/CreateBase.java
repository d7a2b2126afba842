package io.cloudlet.sidecar.node;

import io.cloudlet.sidecar.base.BaseDraft;
import io.cloudlet.sidecar.base.BaseStore;
import io.cloudlet.sidecar.image.CloudletException;
import io.cloudlet.sidecar.image.Digest;
import io.cloudlet.sidecar.image.ImageId;
import io.cloudlet.sidecar.qemu.MemorySave;
import io.cloudlet.sidecar.qemu.ProcessHost;
import io.cloudlet.sidecar.qemu.QemuBinary;
import io.cloudlet.sidecar.qemu.QemuCommand;
import io.cloudlet.sidecar.qemu.QemuProcess;
import io.cloudlet.sidecar.qemu.VmFiles;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Makes a base VM of a disk: boots it, waits until it is ready, and keeps what it is then. */
public final class CreateBase {
  private final DataDirectory data;
  private final QemuBinary qemu;
  private final Progress progress;

  /** In a data directory, with a QEMU. */
  public CreateBase(DataDirectory data, QemuBinary qemu, Progress progress) {
    this.data = data;
    this.qemu = qemu;
    this.progress = progress;
  }

  /** Does it; nothing remains of it when it fails. */
  public Digest run(BaseRequest request) throws IOException {
    requireFile("disk image", request.disk());
    requireFile("kernel", request.kernel());
    requireFile("initial RAM disk", request.initrd());
    BaseStore store = BaseStore.at(data.bases());
    try (BaseDraft draft = store.draft(request.name());
        BootFolder folder = BootFolder.create(data, "boot-" + request.name())) {
      Path disk = draft.addImage(ImageId.FIRST_DISK);
      try (Progress.Stage _ = progress.begin("copying the disk", 0)) {
        DiskImport.copy(request.disk(), disk);
        EmptyLayer.create(disk, folder.files().disk());
      }
      boot(request, folder.files(), draft);
      DiskFlattening.flatten(folder.files().disk(), disk, progress);
      addKernel(request, draft);
      try (Progress.Stage _ = progress.begin("digests and index", 0)) {
        return draft.commit(request.machine());
      }
    }
  }

  private static void requireFile(String what, @Nullable Path file) throws CloudletException {
    if (file == null) {
      return;
    }
    if (!Files.exists(file)) {
      throw new NotFoundException("there is no " + what + " " + file + "; check the path");
    }
    if (!Files.isRegularFile(file)) {
      throw new CloudletException(file + " is no file; give the " + what + " as one");
    }
  }

  /** Boots the guest, saves its memory, and ends it. */
  private void boot(BaseRequest request, VmFiles files, BaseDraft draft) throws IOException {
    QemuCommand command =
        new QemuCommand(qemu, request.machine(), request.kernel(), request.initrd(), null, false);
    try (RunningVm vm = RunningVm.start(command, new ProcessHost(files))) {
      try (Progress.Stage _ = progress.begin("booting", 0)) {
        Readiness sign = request.ready().watch(files, vm.ports(), vm.qmp());
        new BootWait(files, request.patience()).until(sign);
      }
      if (request.squeeze() && request.machine().balloon()) {
        try (Progress.Stage _ = progress.begin("squeezing the guest", 0)) {
          vm.squeeze();
        }
      }
      saveMemory(vm, draft);
    }
    Optional<QemuProcess> process = QemuProcess.find(files);
    if (process.isPresent()) {
      process.get().stop(Limits.STOP);
    }
  }

  private void saveMemory(RunningVm vm, BaseDraft draft) throws IOException {
    vm.qmp().execute("stop");
    try (Progress.Stage stage = progress.begin("saving memory", 0);
        MemoryImages images = new MemoryImages(draft, stage)) {
      new MemorySave(vm.qmp(), vm.handle(), Limits.STALL).save(images);
    }
  }

  private static void addKernel(BaseRequest request, BaseDraft draft) throws IOException {
    if (request.kernel() != null) {
      draft.kernel(request.kernel());
    }
    if (request.initrd() != null) {
      draft.initrd(request.initrd());
    }
  }
}
