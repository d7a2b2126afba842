package io.cloudlet.standalone.kubernetes;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.cloudlet.sidecar.image.CloudletException;
import java.io.IOException;
import java.io.InterruptedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.atomic.AtomicReference;
import java.util.stream.Stream;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ProgramDownloadTest {
  private static final String VERSION = "k8s/1.36.2-linux-amd64";

  /** What a whole download leaves in the folder $1. */
  private static final String WHOLE =
      """
      mkdir -p "$1/%1$s"
      for program in etcd kube-apiserver kubectl; do
        echo '#!/bin/sh' > "$1/%1$s/$program"
        chmod +x "$1/%1$s/$program"
      done
      """
          .formatted(VERSION);

  @TempDir private Path cache;

  @Test
  void keepsWhatIsWhole() throws IOException {
    assertThat(download(WHOLE)).isEqualTo(new Programs(cache.resolve(VERSION)));
    assertThat(entries()).containsOnly("k8s", ".download.lock");
  }

  @Test
  void doesNotDownloadWhatAnotherProcessHasDownloadedMeanwhile() throws IOException {
    download(WHOLE);

    assertThat(download("exit 1")).isEqualTo(new Programs(cache.resolve(VERSION)));
  }

  @Test
  void replacesWhatIsIncomplete() throws IOException {
    Files.createDirectories(cache.resolve(VERSION));
    Files.writeString(cache.resolve(VERSION).resolve("etcd"), "half of i");

    assertThat(Programs.areIn(download(WHOLE).folder())).isTrue();
  }

  @Test
  void saysWhyItFailsAndLeavesNothing() throws IOException {
    assertThatThrownBy(() -> download("mkdir -p $1/k8s; echo no way >&2; exit 1"))
        .isInstanceOf(CloudletException.class)
        .hasMessage("no way");
    assertThat(entries()).containsOnly(".download.lock");
  }

  @Test
  void refusesWhatLacksAProgram() throws IOException {
    assertThatThrownBy(() -> download(WHOLE + "rm \"$1/" + VERSION + "/kubectl\""))
        .isInstanceOf(CloudletException.class)
        .hasMessageContaining("lacks one of etcd, kube-apiserver, kubectl");
    assertThat(entries()).containsOnly(".download.lock");
  }

  @Test
  void endsWithWhoeverWaitsForIt() throws Exception {
    AtomicReference<Throwable> thrown = new AtomicReference<>();
    Path pid = cache.resolve("pid");
    Thread waiting =
        Thread.ofPlatform()
            .start(() -> {
              try {
                download(WHOLE + "echo $$ > " + pid + "; exec sleep 1000");
              } catch (IOException e) {
                thrown.set(e);
              }
            });
    Awaitility.await().until(() -> Files.exists(pid) && Files.size(pid) > 0);
    waiting.interrupt();
    waiting.join();

    assertThat(thrown.get()).isInstanceOf(InterruptedIOException.class);
    assertThat(ProcessHandle.of(Long.parseLong(Files.readString(pid).strip()))).isEmpty();
    assertThat(entries()).containsOnly(".download.lock", "pid");
  }

  private Programs download(String script) throws IOException {
    return new ProgramDownload(cache, List.of("sh", "-ec", script, "sh")).run();
  }

  private List<String> entries() throws IOException {
    try (Stream<Path> all = Files.list(cache)) {
      return all.map(it -> it.getFileName().toString()).toList();
    }
  }
}
