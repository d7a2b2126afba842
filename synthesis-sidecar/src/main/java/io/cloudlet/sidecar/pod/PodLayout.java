package io.cloudlet.sidecar.pod;

import io.cloudlet.sidecar.image.DiskChain;
import io.cloudlet.sidecar.kubelet.PodFolder;
import io.cloudlet.sidecar.qemu.ProcessHost;
import io.cloudlet.sidecar.qemu.QemuBinary;
import io.cloudlet.sidecar.qemu.QemuCommand;
import io.cloudlet.sidecar.qemu.QemuScene;
import io.cloudlet.sidecar.qemu.VmFiles;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What QEMU finds in its pod's folder.
 *
 * @param folder the pod's
 * @param own this program's folder for the VM
 */
record PodLayout(PodFolder folder, Path own) {
  private static final String KERNEL = "kernel";
  private static final String INITRD = "initrd";
  private static final String BASE = "base.raw";
  private static final String OWN_MEMORY = "memory.own";

  /** What the memory that a pod asks for beside the guest's was measured with. */
  static final int TRANSLATION_MIB = 128;

  /** The pod's standard output, which the first program of the pod hands on under this number. */
  private static final List<String> OUTPUT = List.of("-add-fd", "fd=3,set=1");

  private static final String CONSOLE = "/dev/fdset/1";

  /** All addresses of the pod. */
  static final String EVERYWHERE = "0.0.0.0";

  /** Lays all that a command names, and says it as the pod has to. */
  List<String> lay(QemuCommand command) throws IOException {
    VmFiles files = new VmFiles(folder.path());
    List<String> backing = new ArrayList<>();
    for (Path below : DiskChain.named(files.disk())) {
      backing.add(layed(below, BASE).toString());
    }
    folder.give(name(files.disk()));
    keep(files.disk());
    keep(files.sharedDisk());
    QemuCommand there =
        new QemuCommand(
            command.binary(),
            command.machine(),
            layedOrNull(command.kernel(), KERNEL),
            layedOrNull(command.initrd(), INITRD),
            memory(command, name(files.memory())),
            command.incoming());
    return there.arguments(
        new QemuScene(false, EVERYWHERE, CONSOLE, backing, TRANSLATION_MIB, OUTPUT));
  }

  /** Whether a QEMU can map memory from a file that it may not write. */
  static boolean mapsReadOnly(QemuBinary qemu) {
    return qemu.version().atLeast(8, 2);
  }

  /** QEMU may not write to what other VMs map as well: one that wants to has a copy of its own. */
  private @Nullable Path memory(QemuCommand command, String name) throws IOException {
    Path memory = command.memoryFile();
    if (memory == null || mapsReadOnly(command.binary())) {
      return layedOrNull(memory, name);
    }
    folder.copy(memory, OWN_MEMORY);
    folder.give(OWN_MEMORY);
    return Path.of(OWN_MEMORY);
  }

  private @Nullable Path layedOrNull(@Nullable Path file, String name) throws IOException {
    return file == null ? null : layed(file, name);
  }

  /** A file's name in the folder, where it is laid unless it is there already. */
  private Path layed(Path file, String name) throws IOException {
    if (folder.path().equals(file.getParent())) {
      return Path.of(name(file));
    }
    folder.lay(file, name);
    return Path.of(name);
  }

  /** The disk outlives its pod, whose folder the kubelet removes. */
  private void keep(Path file) throws IOException {
    if (Files.exists(file)) {
      boolean _ = new ProcessHost(new VmFiles(own)).link(file, name(file));
    }
  }

  private static String name(Path file) {
    return String.valueOf(file.getFileName());
  }

  /** Removes what an earlier start has left, but for what the next one has laid already. */
  void removeOld() throws IOException {
    VmFiles files = new VmFiles(folder.path());
    for (Path file : List.of(files.qmp(), files.console(), files.log())) {
      Files.deleteIfExists(file);
    }
  }

  /** Removes all that was laid, and what QEMU made there. */
  void removeAll() throws IOException {
    removeOld();
    VmFiles files = new VmFiles(folder.path());
    for (String name :
        List.of(KERNEL, INITRD, BASE, OWN_MEMORY, StartFile.UNBORN, StartFile.ENDED)) {
      Files.deleteIfExists(folder.file(name));
    }
    for (Path file : List.of(files.disk(), files.sharedDisk(), files.memory(), files.layer())) {
      Files.deleteIfExists(file);
    }
  }
}
