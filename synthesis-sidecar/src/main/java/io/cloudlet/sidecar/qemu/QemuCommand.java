package io.cloudlet.sidecar.qemu;

import io.cloudlet.sidecar.machine.DirectKernel;
import io.cloudlet.sidecar.machine.Machine;
import io.cloudlet.sidecar.machine.Port;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The command line that starts a VM: devices and addresses of {@link Machine#LAYOUT} 1.
 *
 * <p>Every device has its address written out and no device is there by default, so two QEMUs with
 * equal machines have equal devices: this is what lets one load the other's state. A change of what
 * the guest sees needs another layout number.
 *
 * @param binary the QEMU to start
 * @param machine the hardware
 * @param kernel for a machine with a direct kernel; null otherwise
 * @param initrd for a machine with a direct kernel and an initrd; null otherwise
 * @param memoryFile main memory begins as this file, whose content stays as it is; null: as zeros.
 *     Has to be writable unless QEMU is 8.2 or newer
 * @param incoming whether QEMU waits for a migration stream, and then for {@code cont}, instead of
 *     booting
 */
public record QemuCommand(
    QemuBinary binary,
    Machine machine,
    @Nullable Path kernel,
    @Nullable Path initrd,
    @Nullable Path memoryFile,
    boolean incoming) {
  /** Block node of the disk. */
  public static final String DISK_NODE = "disk0";

  /** Checks that the kernel's files are those that the machine speaks of. */
  public QemuCommand {
    DirectKernel direct = machine.directKernel();
    if ((kernel != null) != (direct != null)) {
      throw new IllegalArgumentException("a kernel file belongs to a machine with a direct kernel");
    }
    if ((initrd != null) != (direct != null && direct.initrd())) {
      throw new IllegalArgumentException("an initrd file belongs to a machine with an initrd");
    }
  }

  /** Program and arguments, to be run in the VM's folder on this machine. */
  public List<String> arguments() {
    return arguments(QemuScene.PROCESS);
  }

  /** Program and arguments, to be run in the VM's folder, wherever that is. */
  public List<String> arguments(QemuScene scene) {
    List<String> words = new ArrayList<>(List.of(binary.command()));
    add(words, "-nodefaults", "-no-user-config");
    add(words, "-display", "none", "-pidfile", VmFiles.PID);
    if (binary.sandbox()) {
      add(words, "-sandbox", QemuBinary.SANDBOX);
    }
    hardware(words, scene);
    disk(words, scene);
    network(words, scene);
    if (machine.balloon()) {
      // page-poison=off: a guest that relies on the content of pages which it gave back does not
      // give any back then. So it does not matter that such pages read as the memory file's.
      add(
          words,
          "-device",
          "virtio-balloon-pci,id=balloon0,addr=0x5,free-page-reporting=on,page-poison=off"
              + ",deflate-on-oom=on");
    }
    add(words, "-object", "rng-builtin,id=rng0");
    add(words, "-device", "virtio-rng-pci,id=random0,rng=rng0,addr=0x6");
    console(words, scene);
    words.addAll(scene.options());
    if (incoming) {
      add(words, "-S", "-incoming", "defer");
    }
    return List.copyOf(words);
  }

  private void hardware(List<String> words, QemuScene scene) {
    add(words, "-machine", machine.machineType() + ",memory-backend=pc.ram");
    words.addAll(scene.accelerator(machine.accelerator()));
    add(words, "-cpu", machine.cpuModel());
    add(words, "-smp", Integer.toString(machine.cpus()));
    add(words, "-m", (machine.memoryBytes() >> 20) + "M");
    add(words, "-object", memory(scene));
    DirectKernel direct = machine.directKernel();
    if (kernel != null && direct != null) {
      add(words, "-kernel", scene.name(kernel), "-append", direct.append());
    }
    if (initrd != null) {
      add(words, "-initrd", scene.name(initrd));
    }
  }

  private String memory(QemuScene scene) {
    if (memoryFile == null) {
      return "memory-backend-ram,id=pc.ram,size=" + machine.memoryBytes();
    }
    String file =
        "memory-backend-file,id=pc.ram,share=off,size="
            + machine.memoryBytes()
            + ",mem-path="
            + escaped(scene.name(memoryFile));
    return opensMemoryReadOnly(memoryFile) ? file + ",readonly=on,rom=off" : file;
  }

  /**
   * Whether QEMU has to be started under a {@link HolePunchGuard}: it opens the memory file for
   * writing, and may punch holes into it where the guest gives memory back.
   *
   * <p>QEMU 8.2 and newer can open the file for reading only. With a balloon that is the second
   * choice: each page given back is then refused with a line in the log, and costs memory instead
   * of saving it.
   */
  boolean needsGuard() {
    return memoryFile != null && !opensMemoryReadOnly(memoryFile);
  }

  private boolean opensMemoryReadOnly(Path file) {
    return binary.version().atLeast(8, 2) && !(machine.balloon() && Files.isWritable(file));
  }

  private static void disk(List<String> words, QemuScene scene) {
    add(words, "-blockdev", scene.disk());
    add(
        words,
        "-device",
        "virtio-blk-pci,id=block0,drive=" + DISK_NODE + ",addr=0x3,bootindex=1,discard=on");
  }

  private void network(List<String> words, QemuScene scene) {
    StringBuilder user = new StringBuilder("user,id=net0");
    for (Port port : machine.ports()) {
      String from = scene.forwardsAt();
      user.append(",hostfwd=tcp:%s:%d-:%d".formatted(from, port.host(), port.guest()));
    }
    add(words, "-netdev", user.toString());
    // Without a boot ROM, which would be another memory block, from another package.
    add(
        words,
        "-device",
        "virtio-net-pci,id=nic0,netdev=net0,addr=0x4,mac=52:54:00:12:34:56,romfile=");
  }

  private static void console(List<String> words, QemuScene scene) {
    add(
        words,
        "-chardev",
        "socket,id=console,server=on,wait=off,path="
            + VmFiles.CONSOLE
            + ",logfile="
            + scene.consoleLog()
            + ",logappend=on");
    add(words, "-serial", "chardev:console");
    add(words, "-chardev", "socket,id=qmp,server=on,wait=off,path=" + VmFiles.QMP);
    add(words, "-mon", "chardev=qmp,mode=control");
  }

  private static void add(List<String> words, String... more) {
    words.addAll(List.of(more));
  }

  /** A comma ends a value unless it is doubled. */
  private static String escaped(String value) {
    return value.replace(",", ",,");
  }
}
