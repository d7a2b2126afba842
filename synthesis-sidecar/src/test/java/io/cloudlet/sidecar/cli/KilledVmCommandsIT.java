package io.cloudlet.sidecar.cli;

import static io.cloudlet.sidecar.cli.CounterNode.succeed;
import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** {@code synthesize} and {@code overlay create}, ended by force wherever they may be. */
class KilledVmCommandsIT {

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

  @AfterEach
  void nothingIsLeftAndTheOtherRunsOn() throws Exception {
    node.environment(Map.of());
    node.run("vm", "rm", "new", "--force");
    node.assertClean();
    node.assertRunsOn(CounterNode.WITNESS);
  }

  @Test
  void synthesisKilledWhileItFetches() throws Exception {
    try (FileServer server = new FileServer(overlay)) {
      server.stallAfter(Files.size(overlay) / 2);
      try (CommandProcess synthesis = node.start(synthesize(server.url("/new.overlay")))) {
        server.awaitStall();
        synthesis.kill();
      }
      node.assertClean();
      server.stallAfter(Long.MAX_VALUE);
      succeed(node.run(synthesize(server.url("/new.overlay"))));
    }
    node.assertRunsOn("new");
  }

  @Test
  void synthesisKilledWhileQemuStarts() throws Exception {
    node.environment(FakeQemu.script(folder, "slow", "touch begun; sleep 600"));
    killWhen("begun");
  }

  @Test
  void synthesisKilledWhileQemuLoads() throws Exception {
    String stopped = "\"$QEMU\" \"$@\" & until [[ -s qemu.pid ]]; do :; done; kill -STOP $!;";
    node.environment(FakeQemu.script(folder, "stopped", stopped + " touch begun; wait"));
    killWhen("begun");
  }

  private static void killWhen(String file) throws Exception {
    try (CommandProcess synthesis = node.start(synthesize(overlay.toString()))) {
      while (!Files.exists(node.folder("new").resolve(file))) {
        assertThat(synthesis.isAlive()).as(synthesis.messages()).isTrue();
        Thread.sleep(5);
      }
      synthesis.kill();
    }
    assertThat(node.run("vm", "ls").messages()).contains("removed VM new, whose start had not");
    node.assertClean();
    node.environment(Map.of());
    succeed(node.run(synthesize(overlay.toString())));
    node.assertRunsOn("new");
  }

  @Test
  void synthesisKilledAtAnyMomentIsWholeOrNothing() throws Exception {
    Kills kills = new Kills(node, () -> node.run("vm", "rm", "new", "--force"));
    kills.over(4, synthesize(overlay.toString()));
  }

  @Test
  void captureKilledAtAnyMomentIsWholeOrNothing() throws Exception {
    Path out = Files.createDirectory(folder.resolve("out"));
    Path target = out.resolve("new.overlay");
    Kills kills =
        new Kills(
            node,
            () -> {
              node.assertRunsOn(CounterNode.WITNESS);
              for (Path file : CounterNode.list(out)) {
                assertThat(file).isEqualTo(target);
                succeed(node.run("overlay", "verify", file.toString()));
                Files.delete(file);
              }
            });
    kills.over(5, capture(target));
  }

  /** While QEMU stands still, a capture cannot end. */
  @Test
  void whileOneCommandWorksOnAVmOthersAreRefused() throws Exception {
    String qemu = node.json("vm", "info", CounterNode.WITNESS).get("pid").asText();
    Path target = folder.resolve("witness.overlay");
    signal("-STOP", qemu);
    try (CommandProcess capture = node.start(capture(target))) {
      while (!Files.exists(node.folder(CounterNode.WITNESS).resolve("capture.json"))) {
        assertThat(capture.isAlive()).as(capture.messages()).isTrue();
        Thread.sleep(5);
      }
      String holder = "in use by process " + capture.pid() + " (overlay create); wait until";
      for (String[] other :
          List.of(
              capture(folder.resolve("other.overlay")),
              new String[] {"vm", "stop", CounterNode.WITNESS},
              new String[] {"vm", "rm", CounterNode.WITNESS, "--force"},
              new String[] {"vm", "resume", CounterNode.BASE, "--name", CounterNode.WITNESS})) {
        CommandLineRun refused = node.run(other);
        assertThat(refused.code()).as(refused.messages()).isEqualTo(4);
        assertThat(refused.messages()).contains("VM witness is " + holder);
      }
      signal("-CONT", qemu);
      assertThat(capture.code()).as(capture.messages()).isZero();
    } finally {
      signal("-CONT", qemu);
    }
    succeed(node.run("overlay", "verify", target.toString()));
  }

  private static void signal(String signal, String pid) throws Exception {
    assertThat(new ProcessBuilder("kill", signal, pid).start().waitFor()).isZero();
  }

  private static String[] capture(Path target) {
    return new String[] {"overlay", "create", CounterNode.WITNESS, "-o", target.toString()};
  }

  private static String[] synthesize(String location) {
    return new String[] {"synthesize", location, "--name", "new", "--no-cache"};
  }
}
