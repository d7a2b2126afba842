package io.cloudlet.sidecar.qemu;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.cloudlet.sidecar.machine.Accelerator;
import io.cloudlet.sidecar.machine.DirectKernel;
import io.cloudlet.sidecar.machine.Machine;
import io.cloudlet.sidecar.machine.Port;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class QemuCommandTest {
  private static final QemuBinary OLD = new QemuBinary("qemu", new QemuVersion(7, 2, 22), true);
  private static final QemuBinary NEW = new QemuBinary("qemu", new QemuVersion(8, 2, 0), false);

  @TempDir private Path folder;

  @Test
  void describesTheMachine() {
    List<String> words = command(OLD, machine(false, null), null, null, false).arguments();

    assertThat(words)
        .startsWith("qemu", "-nodefaults")
        .containsSequence("-machine", "pc-q35-7.2,memory-backend=pc.ram", "-accel", "tcg")
        .containsSequence("-cpu", "qemu64")
        .containsSequence("-smp", "2")
        .containsSequence("-m", "64M")
        .containsSequence("-object", "memory-backend-ram,id=pc.ram,size=67108864")
        .containsSequence("-netdev", "user,id=net0,hostfwd=tcp:127.0.0.1:8080-:80")
        .contains("-sandbox")
        .doesNotContain("-incoming", "-kernel")
        .noneMatch(word -> word.contains("balloon"));
  }

  @Test
  void namesFilesOfAFolderThatIsElsewhere() {
    QemuScene scene =
        new QemuScene(
            false,
            "0.0.0.0",
            "/dev/fdset/1",
            List.of("shared.qcow2", "base.raw"),
            128,
            List.of("-add-fd", "fd=3,set=1"));
    Path memory = Path.of("memory.raw");

    assertThat(mapped(NEW, true, memory).arguments(scene))
        .containsSequence("-accel", "tcg,tb-size=128")
        .containsSequence("-add-fd", "fd=3,set=1")
        .anyMatch(word -> word.endsWith(",mem-path=memory.raw,readonly=on,rom=off"))
        .anyMatch(word -> word.contains("hostfwd=tcp:0.0.0.0:8080-:80"))
        .anyMatch(word -> word.contains(",logfile=/dev/fdset/1,"))
        .anyMatch(word ->
            word.endsWith(
                """
                ,"backing":{"driver":"qcow2","file":{"driver":"file",\
                "filename":"shared.qcow2"},"backing":{"driver":"raw",\
                "file":{"driver":"file","filename":"base.raw"}}}}\
                """));
  }

  @Test
  void waitsForAStream() {
    assertThat(command(NEW, machine(true, null), null, null, true).arguments())
        .endsWith("-S", "-incoming", "defer")
        .anyMatch(word -> word.startsWith("virtio-balloon-pci,"))
        .doesNotContain("-sandbox");
  }

  @Test
  void loadsAKernel() {
    Machine machine = machine(false, new DirectKernel(true, "console=ttyS0"));

    assertThat(
            command(OLD, machine, Path.of("/boot/vmlinuz"), Path.of("/boot/initrd"), false)
                .arguments())
        .containsSequence("-kernel", "/boot/vmlinuz", "-append", "console=ttyS0")
        .containsSequence("-initrd", "/boot/initrd");
    assertThatThrownBy(() -> command(OLD, machine, null, null, false))
        .hasMessageContaining("kernel");
    assertThatThrownBy(() -> command(OLD, machine, Path.of("/k"), null, false))
        .hasMessageContaining("initrd");
  }

  @Test
  void keepsTheMemoryFileFromBeingAltered() throws IOException {
    Path file = Files.createFile(folder.resolve("a,b"));
    String option = "mem-path=" + folder + "/a,,b";

    assertThat(mapped(OLD, true, file).needsGuard()).isTrue();
    assertThat(mapped(OLD, true, file).arguments()).anyMatch(word -> word.endsWith(option));
    assertThat(mapped(OLD, false, file).needsGuard()).isTrue();
    assertThat(mapped(NEW, true, file).needsGuard()).isTrue();
    assertThat(mapped(NEW, false, file).needsGuard()).isFalse();
    assertThat(mapped(NEW, false, file).arguments())
        .anyMatch(word -> word.endsWith(option + ",readonly=on,rom=off"));
    assertThat(command(OLD, machine(true, null), null, null, true).needsGuard()).isFalse();
  }

  private static QemuCommand mapped(QemuBinary binary, boolean balloon, Path file) {
    return new QemuCommand(binary, machine(balloon, null), null, null, file, true);
  }

  private static QemuCommand command(
      QemuBinary binary,
      Machine machine,
      @Nullable Path kernel,
      @Nullable Path initrd,
      boolean incoming) {
    return new QemuCommand(binary, machine, kernel, initrd, null, incoming);
  }

  private static Machine machine(boolean balloon, @Nullable DirectKernel kernel) {
    return new Machine(
        Machine.LAYOUT,
        "pc-q35-7.2",
        "qemu64",
        2,
        64L << 20,
        Accelerator.TCG,
        List.of(new Port(8080, 80)),
        kernel,
        balloon);
  }
}
