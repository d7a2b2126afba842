package io.cloudlet.sidecar.guest;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import io.cloudlet.sidecar.image.CloudletException;
import io.cloudlet.sidecar.image.CorruptException;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class KernelModulesTest {
  @TempDir Path folder;

  @BeforeEach
  void someModules() throws IOException {
    Files.writeString(folder.resolve("modules.builtin"), "kernel/fs/ext4/ext4.ko\n");
    module("virtio", "virtio_ring");
    module("virtio_ring", "");
    module("virtio-rng", "virtio,rng-core");
    module("rng-core", "");
  }

  private void module(String name, String needs) throws IOException {
    Path file = folder.resolve("kernel/drivers/" + name + ".ko");
    Files.createDirectories(file.getParent());
    String content = "\177ELF\0license=GPL\0depends=" + needs + "\0intree=Y\0";
    Files.writeString(file, content, StandardCharsets.ISO_8859_1);
  }

  private List<String> order(String... names) throws IOException {
    return KernelModules.in(folder).inLoadOrder(List.of(names)).stream()
        .map(KernelModules.Module::name)
        .toList();
  }

  @Test
  void loadsWhatIsNeededFirst() throws IOException {
    assertThat(order("virtio_rng", "virtio"))
        .containsExactly("virtio_ring", "virtio", "rng_core", "virtio_rng");
  }

  @Test
  void leavesOutWhatTheKernelHas() throws IOException {
    assertThat(order("ext4")).isEmpty();
  }

  @Test
  void namesAModuleThatIsMissing() {
    assertThatExceptionOfType(CloudletException.class)
        .isThrownBy(() -> order("virtio_blk"))
        .withMessageContaining("virtio_blk");
  }

  @Test
  void namesAFileThatIsNoModule() throws IOException {
    Path file = folder.resolve("broken.ko");
    Files.writeString(file, "nothing");
    assertThatExceptionOfType(CorruptException.class)
        .isThrownBy(() -> order("broken"))
        .withMessageContaining(file.toString());
  }
}
