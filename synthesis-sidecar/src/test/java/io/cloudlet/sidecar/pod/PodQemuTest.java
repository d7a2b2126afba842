package io.cloudlet.sidecar.pod;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.cloudlet.sidecar.image.CloudletException;
import io.cloudlet.sidecar.qemu.QemuGoneException;
import io.cloudlet.sidecar.qemu.QmpClient;
import io.cloudlet.sidecar.qemu.VmFiles;
import java.io.IOException;
import java.net.StandardProtocolFamily;
import java.net.UnixDomainSocketAddress;
import java.nio.channels.ServerSocketChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A lock of another process stands for QEMU, and the folder for one in which that did harm. */
class PodQemuTest {
  private static final String HOLDER =
      """
      import java.nio.channels.FileChannel;
      import java.nio.file.*;
      void main(String[] args) throws Exception {
        var channel = FileChannel.open(Path.of(args[0]), StandardOpenOption.WRITE);
        channel.lock();
        System.out.println("locked");
        Thread.sleep(60_000);
      }
      """;

  @TempDir private Path folder;

  @Test
  void livesAsLongAsItsLock() throws Exception {
    PodQemu qemu = qemu();
    assertThat(qemu.isAlive()).isFalse();
    Files.createFile(qemu.files().pid());
    assertThat(qemu.isAlive()).isFalse();
    Process holder = holder();
    try {
      assertThat(holder.inputReader().readLine()).isEqualTo("locked");
      assertThat(qemu.isAlive()).isTrue();
      assertThat(qemu.ends(Duration.ofMillis(1))).isFalse();
      assertThatThrownBy(qemu::kill)
          .isInstanceOf(CloudletException.class)
          .hasMessageContaining("uid");
    } finally {
      holder.destroyForcibly();
    }
    assertThat(qemu.ends(Duration.ofMinutes(1))).isTrue();
    qemu.kill();
  }

  @Test
  void boundsWhatItSays() throws IOException {
    PodQemu qemu = qemu();
    qemu.boundLog();
    Files.write(qemu.files().log(), new byte[1 << 20]);
    qemu.boundLog();
    assertThat(qemu.files().log()).hasSize(1 << 20);
    Files.write(qemu.files().log(), new byte[(1 << 20) + 1]);
    qemu.boundLog();
    assertThat(qemu.files().log()).isEmptyFile();
  }

  @Test
  void touchesNothingThatWasPutInPlaceOfItsFiles() throws IOException {
    PodQemu qemu = qemu();
    Path victim = Files.write(folder.resolve("memory.raw"), new byte[(1 << 20) + 1]);
    Files.createLink(qemu.files().log(), victim);
    qemu.boundLog();
    Files.delete(qemu.files().log());
    Files.createSymbolicLink(qemu.files().log(), victim);
    qemu.boundLog();
    assertThat(victim).hasSize((1 << 20) + 1);
    Files.createSymbolicLink(qemu.files().pid(), victim);
    assertThatThrownBy(qemu::isAlive).isInstanceOf(IOException.class);
  }

  /** It would be another VM's. */
  @Test
  void talksToNoSocketOfOthers() throws IOException {
    Path other = folder.resolve("other.sock");
    try (ServerSocketChannel listens = ServerSocketChannel.open(StandardProtocolFamily.UNIX)) {
      listens.bind(UnixDomainSocketAddress.of(other));
      listens.configureBlocking(false);
      Files.createSymbolicLink(qemu().files().qmp(), other);
      assertThatThrownBy(() -> QmpClient.connect(qemu().files().qmp(), Duration.ofSeconds(5)))
          .isInstanceOf(QemuGoneException.class);
      assertThat(listens.accept()).isNull();
    }
  }

  private PodQemu qemu() {
    return new PodQemu("uid", new VmFiles(folder));
  }

  private Process holder() throws IOException {
    Path source = Files.writeString(folder.resolve("Holder.java"), HOLDER);
    String java = Path.of(System.getProperty("java.home"), "bin", "java").toString();
    return new ProcessBuilder(List.of(java, source.toString(), qemu().files().pid().toString()))
        .redirectError(ProcessBuilder.Redirect.INHERIT)
        .start();
  }
}
