package io.cloudlet.sidecar.node;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.cloudlet.sidecar.image.CloudletException;
import io.cloudlet.sidecar.image.CorruptException;
import io.cloudlet.sidecar.image.Digest;
import io.cloudlet.sidecar.machine.Accelerator;
import io.cloudlet.sidecar.machine.Machine;
import io.cloudlet.sidecar.machine.Port;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class VmRegistryTest {
  private static final VmName WEB = new VmName("web");
  private static final String BASE = "sha256:" + "ab".repeat(32);

  @TempDir Path folder;
  private VmRegistry registry;

  @BeforeEach
  void open() throws Exception {
    registry = new VmRegistry(DataDirectory.open(folder, "test"));
  }

  @Test
  void remembersAVm() throws Exception {
    VmRecord starting = starting();
    registry.add(starting);
    assertThat(registry.get(WEB)).isEqualTo(starting);
    VmRecord running = starting.running(ProcessId.self(), List.of(new Port(4711, 7000)));
    registry.write(running);
    assertThat(registry.list()).containsExactly(running);
    assertThat(registry.get(WEB).isAlive()).isTrue();
    assertThat(registry.usersOf(BASE)).containsExactly(WEB);
    registry.remove(WEB);
    assertThat(registry.list()).isEmpty();
  }

  @Test
  void readsARecordFromBeforeThereWereOwners() throws Exception {
    registry.add(starting());
    assertThat(registry.get(WEB).owner()).isEqualTo("test");
    Path file = registry.folder(WEB).record();
    Files.writeString(file, Files.readString(file).replaceAll(",\\s*\"owner\" : \"test\"", ""));
    assertThat(registry.get(WEB).owner()).isNull();
  }

  @Test
  void refusesANameThatIsTaken() throws Exception {
    registry.add(starting());
    assertThatThrownBy(() -> registry.add(starting()))
        .isInstanceOf(CloudletException.class)
        .hasMessageContaining("there is a VM web already");
  }

  @Test
  void namesWhatIsMissing() {
    assertThatThrownBy(() -> registry.get(WEB))
        .isInstanceOf(NotFoundException.class)
        .hasMessageContaining("there is no VM web");
  }

  @Test
  void namesFileAndFieldOfABrokenRecord() throws Exception {
    registry.add(starting());
    Path file = registry.folder(WEB).record();
    Files.writeString(file, Files.readString(file).replace("\"state\"", "\"statue\""));
    assertThatThrownBy(() -> registry.get(WEB))
        .isInstanceOf(CorruptException.class)
        .hasMessageContaining("vm.json")
        .hasMessageContaining("state is missing");
    Files.writeString(file, "{\"name\":");
    assertThatThrownBy(() -> registry.get(WEB)).isInstanceOf(CorruptException.class);
  }

  @Test
  void refusesNamesThatLeadElsewhere() {
    for (String name : List.of("", "..", "a/b", "A", "-a", "a-", "x".repeat(64))) {
      assertThatThrownBy(() -> new VmName(name)).isInstanceOf(IllegalArgumentException.class);
    }
  }

  static VmRecord starting() {
    Machine machine =
        new Machine(
            Machine.LAYOUT,
            "pc-q35-7.2",
            "qemu64",
            1,
            1L << 28,
            Accelerator.TCG,
            List.of(new Port(0, 7000)),
            null,
            true);
    return VmRecord.starting(WEB, Digest.parse(BASE), null, machine, "test");
  }
}
