package io.cloudlet.sidecar.cli;

import static io.cloudlet.sidecar.cli.CounterNode.succeed;
import static org.assertj.core.api.Assertions.assertThat;

import io.cloudlet.sidecar.image.Images;
import io.cloudlet.sidecar.image.Partials;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * Commands whose files do not fit. A limit of a process's files fails as a full disk does, and
 * needs neither a disk to fill nor the right to mount one.
 */
class DiskFullIT {
  @TempDir private static Path folder;
  private static CounterNode node;
  private static Path exported;
  private static Path random;

  @BeforeAll
  static void prepare() throws Exception {
    node = new CounterNode(folder);
    node.startWitness();
    random = Files.write(folder.resolve("random"), bytes(4 << 20));
    exported = folder.resolve("new.base");
    succeed(node.run(node.create("new", "[0-9a-f]{8}")));
    succeed(node.run("base", "export", "new", exported.toString()));
    succeed(node.run("base", "rm", "new"));
  }

  private static byte[] bytes(int count) {
    byte[] bytes = new byte[count];
    Images.random(3).nextBytes(bytes);
    return bytes;
  }

  @AfterAll
  static void end() throws Exception {
    node.close();
  }

  @AfterEach
  void nothingIsLeftAndTheOtherRunsOn() throws Exception {
    // Not before the next command: those that failed have cleaned up themselves.
    for (String place : List.of("bases", "vms", "cache/ram", "tmp")) {
      assertThat(CounterNode.list(node.data.resolve(place))).noneMatch(Partials::isPartial);
    }
    assertThat(CounterNode.list(folder)).noneMatch(Partials::isPartial);
    node.assertClean();
    assertThat(node.json("base", "ls")).hasSize(1);
    assertThat(node.json("vm", "ls")).hasSize(1);
    node.assertRunsOn(CounterNode.WITNESS);
  }

  @Test
  void aDiskThatIsTooLarge() throws Exception {
    assertFails(8 << 10, "disk0.raw", node.create("new", "[0-9a-f]{8}"));
  }

  @Test
  void aMemoryThatIsTooLarge() throws Exception {
    assertFails(32 << 10, "memory/", node.create("new", "[0-9a-f]{8}"));
  }

  @Test
  void animportedDiskOrMemoryThatIsTooLarge() throws Exception {
    assertFails(8 << 10, "disk0.raw", "base", "import", exported.toString());
    assertFails(32 << 10, "memory/", "base", "import", exported.toString());
  }

  @Test
  void aPackageThatIsTooLarge() throws Exception {
    Path target = folder.resolve("counter.base");
    assertFails(1 << 10, target.toString(), "base", "export", "counter", target.toString());
    assertThat(target).doesNotExist();
  }

  @Test
  void aFetchThatIsTooLarge() throws Exception {
    try (FileServer server = new FileServer(exported)) {
      assertFails(1 << 10, "package-", "base", "import", server.url("/new.base"));
    }
  }

  @Test
  void anOverlayThatIsTooLarge() throws Exception {
    Path target = folder.resolve("new.overlay");
    String[] diff = {"overlay", "diff", "--disk", random.toString(), "-o", target.toString()};
    assertFails(2 << 10, target.toString(), diff);
    assertThat(target).doesNotExist();
  }

  /** The VM of the capture runs on. */
  @Test
  void aCaptureThatIsTooLarge() throws Exception {
    Path target = folder.resolve("witness.overlay");
    String[] capture = {"overlay", "create", CounterNode.WITNESS, "-o", target.toString()};
    assertFails(4, "", capture);
    assertThat(target).doesNotExist();
    node.assertRunsOn(CounterNode.WITNESS);
  }

  private static void assertFails(int kibibytes, String path, String... command)
      throws IOException, InterruptedException {
    List<String> limit = List.of("bash", "-c", "ulimit -f " + kibibytes + "; exec \"$@\"", "limit");
    try (CommandProcess process = CommandProcess.start(limit, node.data, Map.of(), command)) {
      assertThat(process.code()).as(process.messages()).isEqualTo(1);
      assertThat(process.messages().lines().filter(line -> line.startsWith("cloudlet: ")))
          .as(process.messages())
          .hasSize(1)
          .first()
          .asString()
          .contains(path, "cannot be", "File too large; make room");
      assertThat(process.messages()).doesNotContain("Exception");
    }
  }
}
