package io.cloudlet.sidecar.cli;

import static io.cloudlet.sidecar.cli.CounterNode.succeed;
import static org.assertj.core.api.Assertions.assertThat;

import io.cloudlet.sidecar.image.Images;
import io.cloudlet.sidecar.image.Partials;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.random.RandomGenerator;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** {@code base create} and {@code base import}, ended by force wherever they may be. */
class KilledBaseCommandsIT {
  private static final String NEVER = "no guest says this";
  private static final String SOON = "[0-9a-f]{8}";

  @TempDir private static Path folder;
  private static CounterNode node;
  private static Path exported;

  @BeforeAll
  static void prepare() throws Exception {
    node = new CounterNode(folder);
    node.startWitness();
    // One that is here is not imported again.
    exported = folder.resolve("new.base");
    succeed(node.run(node.create("new", SOON)));
    succeed(node.run("base", "export", "new", exported.toString()));
    succeed(node.run("base", "rm", "new"));
  }

  @AfterAll
  static void end() throws Exception {
    node.close();
  }

  @AfterEach
  void nothingIsLeftAndTheOthersRunOn() throws Exception {
    node.run("base", "rm", "new");
    node.assertClean();
    assertThat(node.json("base", "ls")).hasSize(1);
    node.assertRunsOn(CounterNode.WITNESS);
  }

  /** Each stage says when it is over: what is killed then is in the next one. */
  @ParameterizedTest
  @CsvSource({
    "copying the disk, " + NEVER,
    "booting, " + SOON,
    "saving memory, " + SOON,
    "writing the disk, " + SOON
  })
  void creationKilledInAnyStageLeavesNothing(String before, String ready) throws Exception {
    RandomGenerator random = Images.random(before.hashCode());
    try (CommandProcess creation = node.start(node.create("new", ready))) {
      assertThat(creation.says(before)).as(creation.messages()).isTrue();
      Thread.sleep(random.nextInt(40));
      creation.kill();
    }
    assertThat(node.run("base", "ls").messages()).contains("which a command that died");
    node.assertClean();
    assertThat(node.json("base", "ls")).hasSize(1);
  }

  /** The guest of a creation that died must not run for ever. */
  @Test
  void nextCommandEndsTheGuestThatBooted() throws Exception {
    try (CommandProcess creation = node.start(node.create("new", NEVER))) {
      assertThat(creation.says("copying the disk")).as(creation.messages()).isTrue();
      Path qemu = awaitGuest();
      creation.kill();
      assertThat(Path.of("/proc", Files.readString(qemu).strip())).isDirectory();
    }
    node.run("vm", "ls");
    node.assertClean();
  }

  private static Path awaitGuest() throws Exception {
    while (true) {
      for (Path boot : CounterNode.list(node.data.resolve("tmp"))) {
        Path pid = boot.resolve("qemu.pid");
        if (Partials.isPartial(boot) && Files.exists(pid) && Files.size(pid) > 0) {
          return pid;
        }
      }
      Thread.sleep(5);
    }
  }

  @Test
  void creationKilledAtAnyMomentIsWholeOrNothing() throws Exception {
    kills().over(1, node.create("new", SOON));
  }

  @Test
  void importKilledAtAnyMomentIsWholeOrNothing() throws Exception {
    kills().over(2, "base", "import", exported.toString());
  }

  @Test
  void importFromAServerKilledAtAnyMomentIsWholeOrNothing() throws Exception {
    try (FileServer server = new FileServer(exported)) {
      String url = server.url("/new.base");
      kills().over(3, "base", "import", url);
      server.stallAfter(100_000);
      try (CommandProcess fetching = node.start("base", "import", url)) {
        server.awaitStall();
        fetching.kill();
      }
      server.stallAfter(Long.MAX_VALUE);
      node.run("base", "rm", "new");
      succeed(node.run("base", "import", url));
      assertThat(node.data.resolve("tmp")).isEmptyDirectory();
    }
  }

  private static Kills kills() {
    return new Kills(node, () -> node.run("base", "rm", "new"));
  }
}
