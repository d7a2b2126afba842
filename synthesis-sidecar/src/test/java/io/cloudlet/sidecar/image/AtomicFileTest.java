package io.cloudlet.sidecar.image;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.net.StandardProtocolFamily;
import java.net.UnixDomainSocketAddress;
import java.nio.ByteBuffer;
import java.nio.channels.ServerSocketChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class AtomicFileTest {
  @TempDir private Path folder;

  @ParameterizedTest
  @EnumSource(Durability.class)
  void appearsWithTheCommit(Durability durability) throws IOException {
    Path target = Files.writeString(folder.resolve("a"), "old");
    try (AtomicFile file = AtomicFile.create(target, durability)) {
      file.channel().write(ByteBuffer.wrap("new".getBytes(UTF_8)));
      assertThat(target).hasContent("old");
      assertThat(Partials.isPartial(file.path())).isTrue();
      file.commit();
      assertThat(target).hasContent("new");
    }
    assertThat(folder).isDirectoryNotContaining(Partials::isPartial);
  }

  @Test
  void leavesNothingWithoutACommit() throws IOException {
    Path target = folder.resolve("a");
    try (AtomicFile file = AtomicFile.create(target, Durability.DURABLE)) {
      file.channel().write(ByteBuffer.wrap("new".getBytes(UTF_8)));
    }
    assertThat(folder).isEmptyDirectory();
  }

  /** A rename would replace it, be it /dev/null. */
  @Test
  void whatIsNoFileIsNotReplaced() throws IOException {
    Path special = folder.resolve("special");
    try (ServerSocketChannel socket = ServerSocketChannel.open(StandardProtocolFamily.UNIX)) {
      socket.bind(UnixDomainSocketAddress.of(special));
      assertThatThrownBy(() -> AtomicFile.create(special, Durability.CACHE))
          .isInstanceOf(CloudletException.class)
          .hasMessage(special + " is a device or a pipe; name a file");
    }
    assertThatThrownBy(() -> AtomicFile.create(folder, Durability.CACHE))
        .hasMessage(folder + " is a folder; name a file");
    assertThat(folder).isDirectoryNotContaining(Partials::isPartial);
  }

  @Test
  void aFolderThatIsMissingIsNamed() {
    assertThatThrownBy(() -> AtomicFile.create(folder.resolve("no/a"), Durability.CACHE))
        .isInstanceOf(CloudletException.class)
        .hasMessage("there is no folder " + folder.resolve("no") + "; make it first");
  }

  @Test
  void moreThanThereIsCannotBeReserved() throws IOException {
    try (AtomicFile file = AtomicFile.create(folder.resolve("a"), Durability.CACHE)) {
      file.reserve(1 << 20);
      assertThat(file.channel().size()).isEqualTo(1 << 20);
      assertThatThrownBy(() -> file.reserve(1L << 43))
          .isInstanceOf(CloudletException.class)
          .hasMessageContaining("reserve 8796093022208 bytes");
    }
    assertThat(folder).isEmptyDirectory();
  }

  @Test
  void cleaningRemovesWhatDeadProcessesLeft() throws IOException {
    Process process = new ProcessBuilder("true").start();
    process.onExit().join();
    Path dead = folder.resolve(".partial-" + process.pid() + "-0-1-base");
    Files.createDirectories(dead.resolve("memory"));
    Path locked = Files.writeString(dead.resolve("memory/00.ram"), "x");
    locked.toFile().setWritable(false);
    dead.resolve("memory").toFile().setWritable(false);
    // This process's number, but of an earlier start: a container that was started again.
    Path earlier = folder.resolve(".partial-" + ProcessHandle.current().pid() + "-1-1-b");
    Files.writeString(earlier, "x");
    Path mine = Files.writeString(Partials.siblingOf(folder.resolve("c")), "x");
    Path other = Files.writeString(folder.resolve(".partial-notes"), "x");

    assertThat(Partials.clean(folder)).containsExactlyInAnyOrder(dead, earlier);
    assertThat(folder.toFile().listFiles())
        .containsExactlyInAnyOrder(mine.toFile(), other.toFile());
    assertThat(Partials.clean(folder.resolve("missing"))).isEmpty();
  }
}
