package io.cloudlet.standalone.kubernetes;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.cloudlet.sidecar.image.CorruptException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ServerKeysTest {
  @TempDir private Path root;

  private ServerFolder folder = new ServerFolder(Path.of("/"));

  @BeforeEach
  void open() throws IOException {
    folder = ServerFolder.open(root);
  }

  @Test
  void areMadeOnceAndSecret() throws IOException {
    ServerKeys keys = new ServerKeys(folder);
    keys.prepare();
    String token = keys.administratorToken();
    String key = Files.readString(folder.accountKey());

    keys.prepare();

    assertThat(keys.administratorToken()).isEqualTo(token).matches("[0-9a-f]{64}");
    assertThat(Files.readString(folder.accountKey()))
        .isEqualTo(key)
        .startsWith("-----BEGIN PRIVATE KEY-----\n")
        .endsWith("\n-----END PRIVATE KEY-----\n");
    for (Path file : new Path[] {folder.tokens(), folder.accountKey()}) {
      assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(file)))
          .isEqualTo("rw-------");
    }
  }

  @Test
  void nobodyElseGetsIntoTheirFolder() throws IOException {
    Files.setPosixFilePermissions(root, PosixFilePermissions.fromString("rwxr-xr-x"));

    ServerFolder.open(root);

    assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(root)))
        .isEqualTo("rwx------");
  }

  @Test
  void halfACertificateIsRemovedSoThatTheServerMakesAnotherOne() throws IOException {
    Files.writeString(folder.certificate(), "-----BEGIN CERTIFICATE-----\nMIIDbTCC");
    Files.writeString(folder.certificateKey(), "");

    new ServerKeys(folder).prepare();

    assertThat(folder.certificate()).doesNotExist();
    assertThat(folder.certificateKey()).doesNotExist();
  }

  @Test
  void aDamagedTokenFileIsNamed() throws IOException {
    Files.writeString(folder.tokens(), "nothing");

    assertThatThrownBy(() -> new ServerKeys(folder).administratorToken())
        .isInstanceOf(CorruptException.class)
        .hasMessageContaining(folder.tokens().toString());
  }
}
