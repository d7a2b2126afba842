package io.cloudlet.sidecar.cli;

import static io.cloudlet.sidecar.cli.CounterNode.succeed;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** {@code synthesize} and {@code base import} from servers that are not as they should be. */
class ServersIT {
  @TempDir private static Path folder;
  private static CounterNode node;
  private static Path overlay;
  private static Path exported;
  private FileServer server;

  @BeforeAll
  static void prepare() throws Exception {
    node = new CounterNode(folder);
    succeed(node.run("vm", "resume", CounterNode.BASE));
    overlay = folder.resolve("new.overlay");
    String[] capture = {"overlay", "create", CounterNode.BASE, "-o", overlay.toString()};
    succeed(node.run(capture));
    succeed(node.run("vm", "rm", CounterNode.BASE, "--force"));
    exported = folder.resolve("new.base");
    List<String> create = new ArrayList<>(List.of("base", "create", "new", "--accel", "tcg"));
    create.addAll(List.of("--disk", node.disk.toString(), "--memory", "64M"));
    create.addAll(List.of("--ready-delay", "300ms"));
    succeed(node.run(create.toArray(String[]::new)));
    succeed(node.run("base", "export", "new", exported.toString()));
    succeed(node.run("base", "rm", "new"));
  }

  @AfterAll
  static void end() throws Exception {
    node.close();
  }

  @BeforeEach
  void serve() throws IOException {
    server = new FileServer(overlay);
  }

  @AfterEach
  void nothingIsLeft() throws Exception {
    server.close();
    node.run("vm", "rm", "new", "--force");
    node.run("base", "rm", "new");
    node.assertClean();
    assertThat(node.json("vm", "ls")).isEmpty();
    assertThat(node.json("base", "ls")).hasSize(1);
  }

  @Test
  void aServerWithoutRangesIsNamedAndWorks() throws Exception {
    server.withoutRanges();
    CommandLineRun run = succeed(synthesize());
    assertThat(run.messages()).contains("fetching all of it, as the server gives no ranges: ");
    node.assertRunsOn("new");
  }

  @Test
  void aServerThatGoesAway() throws Exception {
    server.breakAfter(Files.size(overlay) / 2);
    assertFails(1, synthesize(), "/new.overlay at byte ", "404");
  }

  @Test
  void aServerThatChangesTheFile() {
    server.changeAfter(1);
    assertFails(1, synthesize(), "/new.overlay at byte ", "the file changed while it was read");
  }

  @Test
  void aServerThatLiesAboutTheLength() {
    server.lieAboutLength(1000);
    CommandLineRun run = synthesize();
    assertThat(run.code()).isNotZero();
    assertThat(run.messages()).contains("cloudlet: " + server.url("/new.overlay"));
  }

  @Test
  void aServerWithoutRangesThatLiesAboutTheLength() {
    server.withoutRanges();
    server.lieAboutLength(-1000);
    assertFails(5, synthesize(), "/new.overlay is corrupt at byte ");
  }

  @Test
  void aPackageComesWithAndWithoutRanges() throws Exception {
    try (FileServer packages = new FileServer(exported)) {
      String url = packages.url("/new.base");
      packages.breakAfter(Files.size(exported) / 2);
      assertFails(1, node.run("base", "import", url), url + " at byte ");
      packages.breakAfter(Long.MAX_VALUE);
      succeed(node.run("base", "import", url));
      assertFails(1, node.run("base", "import", url), "this base VM is here already: new, sha256:");
      succeed(node.run("base", "rm", "new"));
      packages.withoutRanges();
      CommandLineRun run = succeed(node.run("base", "import", url, "--name", "new"));
      assertThat(run.messages()).contains("fetching all of it, as the server gives no ranges: ");
      assertThat(node.data.resolve("tmp")).isEmptyDirectory();
    }
  }

  private CommandLineRun synthesize() {
    return node.run("synthesize", server.url("/new.overlay"), "--no-cache");
  }

  private static void assertFails(int code, CommandLineRun run, String... words) {
    assertThat(run.code()).as(run.messages()).isEqualTo(code);
    assertThat(run.results()).isEmpty();
    assertThat(run.messages()).contains(words).doesNotContain("a fault of this program");
  }
}
