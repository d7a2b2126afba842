package io.cloudlet.sidecar.cli;

import static io.cloudlet.sidecar.cli.CounterNode.succeed;
import static org.assertj.core.api.Assertions.assertThat;

import io.cloudlet.sidecar.image.Partials;
import io.cloudlet.sidecar.qemu.QemuProcess;
import io.cloudlet.sidecar.qemu.VmFiles;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** QEMU that is missing, ends at once, refuses a state, or dies, in every command that needs it. */
class QemuFaultsIT {
  private static final String SOON = "[0-9a-f]{8}";

  @TempDir private static Path folder;
  private static CounterNode node;
  private static Path overlay;

  @BeforeAll
  static void prepare() throws Exception {
    node = new CounterNode(folder);
    node.startWitness();
    overlay = folder.resolve("new.overlay");
    succeed(node.run("overlay", "create", CounterNode.WITNESS, "-o", overlay.toString()));
  }

  @AfterAll
  static void end() throws Exception {
    node.close();
  }

  @BeforeEach
  void removeWhatAFailedTestLeft() {
    node.run("vm", "rm", "doomed", "--force");
    node.run("vm", "rm", "new", "--force");
    node.run("base", "rm", "new");
  }

  @AfterEach
  void nothingIsLeftAndTheOtherRunsOn() throws Exception {
    node.environment(Map.of());
    node.assertClean();
    assertThat(node.json("base", "ls")).hasSize(1);
    assertThat(node.json("vm", "ls")).hasSize(1);
    node.assertRunsOn(CounterNode.WITNESS);
  }

  private static List<String[]> commandsThatStartQemu() {
    return List.of(
        node.create("new", SOON),
        new String[] {"vm", "resume", CounterNode.BASE, "--name", "new"},
        new String[] {"synthesize", overlay.toString(), "--name", "new"},
        new String[] {"synthesize", overlay.toString(), "--name", "new", "--disk-only"});
  }

  @Test
  void aQemuThatIsNotThere() {
    node.environment(Map.of("CLOUDLET_QEMU", "/nowhere/qemu"));
    for (String[] command : commandsThatStartQemu()) {
      assertFails(
          node.run(command),
          "/nowhere/qemu cannot be run: No such file or directory; let CLOUDLET_QEMU name a QEMU");
    }
  }

  @Test
  void aPathWithoutQemu() throws Exception {
    node.environment(Map.of("PATH", "/nowhere", "CLOUDLET_QEMU", ""));
    try (CommandProcess resume = node.start("vm", "resume", CounterNode.BASE, "--name", "new")) {
      assertThat(resume.code()).isEqualTo(1);
      assertThat(resume.messages())
          .isEqualTo(
              "cloudlet: qemu-system-x86_64 cannot be run: No such file or directory; apt-get"
                  + " install qemu-system-x86, or let CLOUDLET_QEMU name one");
    }
  }

  @Test
  void aProgramThatIsNoQemu() {
    node.environment(Map.of("CLOUDLET_QEMU", "/bin/true"));
    for (String[] command : commandsThatStartQemu()) {
      assertFails(
          node.run(command), "/bin/true is no QEMU; asked for its version, it says nothing");
    }
  }

  @Test
  void aQemuThatEndsAtOnce() throws Exception {
    String words = "qemu-system-x86_64: -machine: out of eels";
    node.environment(FakeQemu.script(folder, "ending", "echo '" + words + "' >&2; exit 1"));
    for (String[] command : commandsThatStartQemu()) {
      assertFails(node.run(command), "QEMU did not start: " + words);
    }
  }

  /** A machine without the balloon that the state was captured with. */
  @Test
  void aQemuThatRefusesTheState() throws Exception {
    String without = "\"${@/virtio-balloon-pci*/virtio-rng-pci,addr=7}\"";
    node.environment(FakeQemu.script(folder, "refusing", "exec \"$QEMU\" " + without));
    for (String[] command : commandsThatStartQemu().subList(1, 3)) {
      assertFails(node.run(command), "QEMU did not load the VM's state", "virtio-balloon");
    }
  }

  /** It is let run for moments only until it waits for the state, and killed there. */
  @Test
  void aQemuThatDiesWhileItLoads() throws Exception {
    String dying =
        """
        "$QEMU" "$@" &
        while kill -STOP $!; do
          if [[ -S incoming.sock ]]; then echo 'eels!' >&2; kill -9 $!; exit 1; fi
          kill -CONT $!; sleep 0.002
        done
        """;
    node.environment(FakeQemu.script(folder, "dying", dying));
    for (String[] command : commandsThatStartQemu().subList(1, 3)) {
      CommandLineRun run = node.run(command);
      if (run.code() == 0) {
        succeed(node.run("vm", "rm", "new", "--force")); // It had loaded in such a moment.
      } else {
        assertFails(run, "QEMU", "eels!");
      }
    }
  }

  @Test
  void aQemuThatDiesWhileTheGuestBoots() throws Exception {
    String dying =
        "\"$QEMU\" \"$@\" & until [[ -s console.log ]]; do :; done; echo 'eels!' >&2; kill -9 $!";
    node.environment(FakeQemu.script(folder, "booting", dying));
    assertFails(node.run(node.create("new", "never")), "QEMU", "eels!");
  }

  @Test
  void aQemuThatDiesBeforeItSavesABase() {
    assertFails(killing(QemuFaultsIT::bootFolder, "booting: ", node.create("new", SOON)), "QEMU");
  }

  /** Where the guest is saved before QEMU has died, the base VM is whole. */
  @Test
  void aQemuThatDiesWhileItSavesABase() throws Exception {
    String dying =
        "\"$QEMU\" \"$@\" & until [[ -S outgoing.sock ]]; do :; done; echo 'eels!' >&2; kill -9 $!";
    node.environment(FakeQemu.script(folder, "saving", dying));
    CommandLineRun run = node.run(node.create("new", SOON));
    if (run.code() == 0) {
      succeed(node.run("base", "verify", "new"));
      succeed(node.run("base", "rm", "new"));
    } else {
      assertFails(run, "QEMU", "eels!");
    }
  }

  @Test
  void aQemuThatDiesAtTheBeginningOfACapture() throws Exception {
    succeed(node.run("vm", "resume", CounterNode.BASE, "--name", "doomed"));
    Path journal = node.folder("doomed").resolve("capture.json");
    Thread killer =
        Thread.ofPlatform()
            .start(() -> {
              while (!Files.exists(journal)) {
                Thread.onSpinWait();
              }
              kill(() -> node.folder("doomed"));
            });
    Path target = folder.resolve("doomed.overlay");
    assertFails(node.run("overlay", "create", "doomed", "-o", target.toString()), "QEMU");
    killer.join();
    assertThat(target).doesNotExist();
    assertDiskIsWhole(target);
  }

  @ParameterizedTest
  @ValueSource(strings = {"reading memory: ", "pausing the guest: ", "verifying: "})
  void aQemuThatDiesDuringACapture(String stage) throws Exception {
    succeed(node.run("vm", "resume", CounterNode.BASE, "--name", "doomed"));
    Path target = folder.resolve("doomed.overlay");
    CommandLineRun run =
        killing(
            () -> node.folder("doomed"),
            stage,
            "overlay",
            "create",
            "doomed",
            "-o",
            target.toString());
    assertFails(run, "QEMU");
    if (Files.exists(target)) {
      succeed(node.run("overlay", "verify", target.toString()));
    }
    assertDiskIsWhole(target);
  }

  /** All that the guest wrote is in one file again, which can be captured. */
  private static void assertDiskIsWhole(Path target) throws IOException {
    Path vm = node.folder("doomed");
    assertThat(node.json("vm", "info", "doomed").get("state").asText()).isEqualTo("dead");
    assertThat(vm.resolve("capture.qcow2")).doesNotExist();
    assertThat(vm.resolve("capture.json")).doesNotExist();
    assertThat(CounterNode.list(folder)).noneMatch(Partials::isPartial);
    succeed(node.run("overlay", "create", "doomed", "--disk-only", "-o", target.toString()));
    Files.delete(target);
    succeed(node.run("vm", "rm", "doomed"));
  }

  private interface Place {
    Path get() throws IOException;
  }

  private static Path bootFolder() throws IOException {
    return CounterNode.list(node.data.resolve("tmp")).getFirst();
  }

  /** Runs a command, and kills a QEMU when it says that a stage is over. */
  private static CommandLineRun killing(Place qemu, String stage, String... command) {
    return CommandLineRun.of(
        Map.of("CLOUDLET_DATA", node.data.toString()),
        line -> {
          if (line.startsWith(stage)) {
            kill(qemu);
          }
        },
        command);
  }

  private static void kill(Place place) {
    try {
      Optional<QemuProcess> qemu = QemuProcess.find(new VmFiles(place.get()));
      assertThat(qemu).isPresent();
      qemu.get().kill();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static void assertFails(CommandLineRun run, String... words) {
    assertThat(run.code()).as(run.messages()).isEqualTo(1);
    assertThat(run.results()).isEmpty();
    assertThat(run.messages().lines().filter(line -> line.startsWith("cloudlet: ")))
        .hasSize(1)
        .first()
        .asString()
        .contains(words)
        .doesNotContain("a fault of this program");
  }
}
