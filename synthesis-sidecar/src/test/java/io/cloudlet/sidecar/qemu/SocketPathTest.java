package io.cloudlet.sidecar.qemu;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.StandardProtocolFamily;
import java.net.UnixDomainSocketAddress;
import java.nio.channels.ServerSocketChannel;
import java.nio.channels.SocketChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class SocketPathTest {
  @TempDir private Path folder;

  @ParameterizedTest
  @ValueSource(ints = {90, 105, 106, 107, 108, 140, 250})
  void aSocketIsReachedWhateverTheLengthOfItsPath(int length) throws Exception {
    String filler = "p".repeat(length - folder.toString().length() - "//s".length());
    Path parent = Files.createDirectory(folder.resolve(filler));
    Path socket = parent.resolve("s");
    Path link = Files.createSymbolicLink(folder.resolve("l"), parent);
    assertThat(socket.toString()).hasSize(length);

    try (SocketPath path = SocketPath.of(socket);
        ServerSocketChannel server = ServerSocketChannel.open(StandardProtocolFamily.UNIX)) {
      server.bind(UnixDomainSocketAddress.of(link.resolve("s")));
      try (SocketChannel client = SocketChannel.open(path.address())) {
        assertThat(client.isConnected()).isTrue();
      }
    }
  }
}
