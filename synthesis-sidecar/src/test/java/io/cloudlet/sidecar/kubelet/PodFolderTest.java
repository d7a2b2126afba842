package io.cloudlet.sidecar.kubelet;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class PodFolderTest {
  private static final String UID = "0a1b2c3d-0000-4000-8000-123456789abc";

  @TempDir private Path folder;
  private Path source;
  private PodFolder pod;

  @BeforeEach
  void lay() throws IOException {
    source = Files.writeString(folder.resolve("source"), "content");
    Files.setPosixFilePermissions(source, PosixFilePermissions.fromString("rw-------"));
    Path volume = new PodVolumes(folder).emptyDir(UID, "vm");
    pod = new PodFolder(Files.createDirectories(volume), -1);
  }

  @Test
  void lieWhereTheKubeletHasThem() {
    assertThat(folder.relativize(pod.path()))
        .hasToString("pods/" + UID + "/volumes/kubernetes.io~empty-dir/vm");
    assertThat(pod.exists()).isTrue();
    assertThat(new PodFolder(folder.resolve("none"), -1).exists()).isFalse();
  }

  @ParameterizedTest
  @ValueSource(strings = {"", ".", "..", "../x", "a/b", "-a", "a\0b", "a b"})
  void anUidIsNoPath(String uid) {
    assertThatThrownBy(() -> new PodVolumes(folder).emptyDir(uid, "vm"))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("no uid");
  }

  @Test
  void linksForThePodToRead() throws IOException {
    Files.writeString(pod.file("name"), "an earlier one");
    assertThat(pod.lay(source, "name")).isEqualTo(Laid.LINKED);
    assertThat(Files.isSameFile(pod.file("name"), source)).isTrue();
    assertThat(mode(source)).isEqualTo("rw-r-----");
    assertThat(pod.linksFrom(folder)).isTrue();
    assertThatThrownBy(() -> pod.lay(folder.resolve("none"), "none"))
        .isInstanceOf(NoSuchFileException.class);
    try (var files = Files.list(folder)) {
      assertThat(files.map(it -> it.getFileName().toString()))
          .containsExactlyInAnyOrder("source", "pods");
    }
  }

  @Test
  void copiesBetweenFileSystems() throws IOException {
    Path elsewhere = Files.createTempDirectory(Path.of("/dev/shm"), "cloudlet");
    try {
      PodFolder there = new PodFolder(elsewhere, -1);
      assertThat(there.linksFrom(folder)).isFalse();
      assertThat(there.lay(source, "name")).isEqualTo(Laid.COPIED);
      assertThat(there.lay(source, "name")).isEqualTo(Laid.COPIED);
      assertThat(there.file("name")).hasContent("content");
      assertThat(mode(there.file("name"))).isEqualTo("rw-r-----");
    } finally {
      Files.deleteIfExists(elsewhere.resolve("name"));
      Files.delete(elsewhere);
    }
  }

  @Test
  void followsNothingThatThePodPutsThere() throws IOException {
    Files.createSymbolicLink(pod.file("disk"), source);
    assertThatThrownBy(() -> pod.give("disk")).isInstanceOf(IOException.class);
    assertThat(mode(source)).isEqualTo("rw-------");
    Path victim = Files.writeString(folder.resolve("victim"), "untouched");
    Files.createSymbolicLink(pod.file("name"), victim);
    assertThat(pod.lay(source, "name")).isEqualTo(Laid.LINKED);
    assertThat(victim).hasContent("untouched");
    assertThat(pod.file("name")).hasContent("content");
  }

  @Test
  void givesWhatThePodWrites() throws IOException {
    Files.writeString(pod.file("disk"), "");
    pod.give("disk");
    assertThat(mode(pod.file("disk"))).isEqualTo("rw-rw----");
  }

  private static String mode(Path file) throws IOException {
    return PosixFilePermissions.toString(Files.getPosixFilePermissions(file));
  }
}
