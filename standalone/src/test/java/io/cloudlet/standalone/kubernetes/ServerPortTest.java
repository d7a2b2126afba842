package io.cloudlet.standalone.kubernetes;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ServerPortTest {
  private final List<String> said = new ArrayList<>();

  @TempDir private Path folder;

  @Test
  void isChosenOnceAndKept() throws IOException {
    int port = port().choose();

    assertThat(port).isBetween(20_000, 32_000);
    assertThat(port().choose()).isEqualTo(port);
    assertThat(said).isEmpty();
  }

  @Test
  void changesWhenAnotherProgramHasTakenIt() throws IOException {
    int port = port().choose();
    try (ServerSocket other = new ServerSocket()) {
      other.bind(new InetSocketAddress(InetAddress.getLoopbackAddress(), port));

      int changed = port().choose();

      assertThat(changed).isNotEqualTo(port);
      assertThat(said).singleElement().asString().contains("port " + port, "it is " + changed);
    }
  }

  @Test
  void isChosenAnewWhenTheFileIsDamaged() throws IOException {
    Files.writeString(folder.resolve("port"), "\0\0\0\0");

    assertThat(port().choose()).isBetween(20_000, 32_000);
  }

  private ServerPort port() {
    return new ServerPort(folder.resolve("port"), said::add);
  }
}
