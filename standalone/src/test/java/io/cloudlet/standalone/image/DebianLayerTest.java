package io.cloudlet.standalone.image;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What of a package goes into an image, and how it is called there. */
class DebianLayerTest {
  @TempDir private Path folder;

  @Test
  void namesAPackageByItsFile() throws Exception {
    Path file = Files.createFile(folder.resolve("zlib1g_1%3a1.3+b1_amd64.deb"));
    Component component = DebianLayer.component(file);
    assertThat(component.name()).isEqualTo("zlib1g");
    assertThat(component.version()).isEqualTo("1:1.3+b1");
    assertThat(component.purl()).contains("pkg:deb/debian/zlib1g@1%3A1.3%2Bb1?arch=amd64");
  }

  @Test
  void refusesWhatIsNotNamedLikeAPackage() throws Exception {
    Path file = Files.createFile(folder.resolve("package.deb"));
    assertThatThrownBy(() -> DebianLayer.component(file)).hasMessageContaining("package.deb");
  }

  @Test
  void keepsLicencesAndLeavesDocumentation() {
    assertThat(DebianLayer.isWanted("usr/share/doc/zlib1g/copyright")).isTrue();
    assertThat(DebianLayer.isWanted("usr/share/doc/zlib1g/changelog.gz")).isFalse();
    assertThat(DebianLayer.isWanted("usr/share/man/man1/ls.1.gz")).isFalse();
    assertThat(DebianLayer.isWanted("usr/share/manual")).isTrue();
  }
}
