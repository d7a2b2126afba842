package io.cloudlet.standalone.image;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Instant;
import org.apache.commons.compress.archivers.tar.TarArchiveEntry;
import org.apache.commons.compress.archivers.tar.TarFile;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Layers come out the same whatever the machine says of the files. */
class LayerTarTest {
  private static final Instant TIME = Instant.ofEpochSecond(1_700_000_000);

  @TempDir private Path folder;

  @Test
  void doesNotDependOnTimesOrRightsOfTheFiles() throws Exception {
    Path tree = Files.createDirectories(folder.resolve("tree/lib/deep"));
    Path file = Files.writeString(tree.resolve("a"), "content");
    String first = write("first");
    Files.setLastModifiedTime(file, FileTime.fromMillis(0));
    Files.setPosixFilePermissions(file, PosixFilePermissions.fromString("rw-------"));
    assertThat(write("second")).isEqualTo(first);
    Files.writeString(file, "CONTENT");
    assertThat(write("third")).isNotEqualTo(first);
  }

  @Test
  void putsFilesOfOldPackagesBehindTheLinksOfTheRoot() throws Exception {
    Files.createDirectories(folder.resolve("tree/lib/deep"));
    Files.writeString(folder.resolve("tree/lib/deep/a"), "content");
    write("layer");
    try (TarFile tar = new TarFile(folder.resolve("layer").toFile())) {
      assertThat(tar.getEntries().stream().map(TarArchiveEntry::getName))
          .containsExactly(
              "bin",
              "lib",
              "lib64",
              "sbin",
              "usr/",
              "usr/bin/",
              "usr/lib/",
              "usr/lib/deep/",
              "usr/lib/deep/a",
              "usr/lib64/",
              "usr/sbin/");
      assertThat(tar.getEntries())
          .allSatisfy(entry -> {
            assertThat(entry.getLastModifiedTime().toInstant()).isEqualTo(TIME);
            assertThat(entry.getLongUserId()).isZero();
            assertThat(entry.getUserName()).isEmpty();
          });
    }
  }

  private String write(String name) throws IOException {
    Layer layer = new Layer("test");
    MergedUsr.putInto(layer);
    layer.putTree("", folder.resolve("tree"), path -> true);
    return LayerTar.write(layer, TIME, folder.resolve(name)).digest();
  }
}
