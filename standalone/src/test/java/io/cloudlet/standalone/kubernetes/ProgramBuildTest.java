package io.cloudlet.standalone.kubernetes;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.cloudlet.sidecar.node.Progress;
import java.io.IOException;
import java.io.InterruptedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicReference;
import java.util.stream.Stream;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Builds with a Go that takes no time, and knows nothing of Go. */
class ProgramBuildTest {
  private static final String VERSION = "k8s/1.36.3-linux-amd64";

  private final List<String> said = new CopyOnWriteArrayList<>();

  @TempDir private Path folder;

  private Path cache;
  private Path builds;

  @BeforeEach
  void installGo() throws IOException {
    cache = folder.resolve(".cache/cloudlet/kubernetes");
    builds = folder.resolve("builds");
    goDoes("");
  }

  @Test
  void buildsWhatIsNowhere() throws IOException {
    assertThat(run()).isEqualTo(new ProgramScript.Found(cache.resolve(VERSION)));
    assertThat(Programs.areIn(cache.resolve(VERSION))).isTrue();
    assertThat(said)
        .hasSize(3)
        .allSatisfy(it -> assertThat(it).matches("building .* \\(about .* the first time\\)..."));
    assertThat(partials()).isEmpty();
  }

  @Test
  void doesNotTakeWhatIsHalfMade() throws IOException {
    Files.createDirectories(cache.resolve(".partial-1-programs"));
    Files.createDirectories(cache.resolve(VERSION));
    Files.writeString(cache.resolve(VERSION).resolve("etcd"), "half of i");

    assertThat(run()).isInstanceOf(ProgramScript.Found.class);
    assertThat(Files.readAllLines(builds)).containsExactly("etcd", "kube-apiserver", "kubectl");
    assertThat(Files.size(cache.resolve(VERSION).resolve("etcd"))).isGreaterThan(9);
    assertThat(partials()).isEmpty();
  }

  @Test
  void buildsOnceWhenTwoWantIt() throws IOException {
    goDoes("sleep 0.2");
    CompletableFuture<ProgramScript.Result> other = CompletableFuture.supplyAsync(this::tryRun);

    assertThat(run()).isEqualTo(new ProgramScript.Found(cache.resolve(VERSION)));
    assertThat(other.join()).isEqualTo(new ProgramScript.Found(cache.resolve(VERSION)));
    assertThat(Files.readAllLines(builds)).hasSize(3);
  }

  @Test
  void saysWhyABuildFailed() throws IOException {
    goDoes("case $program in kubectl) echo what a pity >&2; exit 1;; esac");

    assertThat(run())
        .isEqualTo(
            new ProgramScript.NotBuilt(
                "building kubectl failed, see " + cache.resolve("build.log") + ": what a pity"));
    assertThat(partials()).isEmpty();
    assertThat(cache.resolve(VERSION)).doesNotExist();
  }

  @Test
  void takesAnotherVersionWhereItCannotBuild() throws IOException {
    goDoes("exit 1");
    Path older = Files.createDirectories(cache.resolve("k8s/1.9.2-linux-amd64"));
    for (String name : Programs.NAMES) {
      executable(older.resolve(name), "#!/bin/sh\n");
    }

    assertThat(run()).isEqualTo(new ProgramScript.Found(older));
  }

  @Test
  void isInterruptedByASignalToTheScript() throws IOException {
    goDoes("kill -INT $PPID; sleep 1000");

    assertThatThrownBy(this::run).isInstanceOf(InterruptedIOException.class);
    assertThat(partials()).isEmpty();
  }

  @Test
  void endsWithWhoeverWaitsForIt() throws Exception {
    Path pid = folder.resolve("pid");
    goDoes("echo $$ > " + pid + "; exec sleep 1000");
    AtomicReference<Throwable> thrown = new AtomicReference<>();
    Thread waiting =
        Thread.ofPlatform()
            .start(() -> {
              try {
                run();
              } catch (IOException e) {
                thrown.set(e);
              }
            });
    Awaitility.await().until(() -> Files.exists(pid) && Files.size(pid) > 0);
    waiting.interrupt();
    waiting.join();

    assertThat(thrown.get()).isInstanceOf(InterruptedIOException.class);
    long go = Long.parseLong(Files.readString(pid).strip());
    Awaitility.await().until(() -> ProcessHandle.of(go).isEmpty());
    assertThat(partials()).isEmpty();
    assertThat(cache.resolve(VERSION)).doesNotExist();
  }

  private ProgramScript.Result run() throws IOException {
    Map<String, String> environment =
        Map.of(
            "PATH", folder.resolve("bin") + ":" + System.getenv("PATH"), "HOME", folder.toString());
    return new ProgramScript(environment, Progress.SILENT, said::add).run();
  }

  private ProgramScript.Result tryRun() {
    try {
      return run();
    } catch (IOException e) {
      throw new java.io.UncheckedIOException(e);
    }
  }

  /** Lets {@code go build -o PROGRAM} do something before it makes the program. */
  private void goDoes(String before) throws IOException {
    Path go = Files.createDirectories(folder.resolve("bin")).resolve("go");
    executable(
        go,
        """
        #!/bin/sh
        [ "$1" != env ] || { echo go1.26.0; exit; }
        while [ "$1" != -o ]; do shift; done
        program=$(basename "$2")
        echo $program >> %s
        %s
        printf '#!/bin/sh\\n' > "$2"
        chmod +x "$2"
        """
            .formatted(builds, before));
  }

  private static void executable(Path file, String content) throws IOException {
    Files.writeString(file, content);
    Files.setPosixFilePermissions(file, PosixFilePermissions.fromString("rwx------"));
  }

  private List<Path> partials() throws IOException {
    try (Stream<Path> all = Files.list(cache)) {
      return all.filter(it -> it.getFileName().toString().startsWith(".partial")).toList();
    }
  }
}
