package io.cloudlet.standalone.image;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.jar.Attributes;
import java.util.jar.JarOutputStream;
import java.util.jar.Manifest;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Which jars go into an image. */
class ProgramJarsTest {
  @TempDir private Path built;

  @BeforeEach
  void makeFolder() throws IOException {
    Files.createDirectory(built.resolve("lib"));
  }

  @Test
  void takesThePartAndWhatItsManifestNames() throws Exception {
    jar("part-1.jar", "lib/b-2.jar a-3.jar");
    jar("a-3.jar", "");
    jar("b-2.jar", "c-4.jar");
    jar("c-4.jar", "");
    assertThat(new ProgramJars(built, "1").of("part"))
        .extracting(ProgramJars::nameOf)
        .containsExactly("a-3.jar", "b-2.jar", "part-1.jar");
  }

  @Test
  void namesWhatIsMissing() throws Exception {
    jar("part-1.jar", "a-3.jar");
    assertThatThrownBy(() -> new ProgramJars(built, "1").of("part"))
        .hasMessageContaining("part-1.jar needs a-3.jar");
    assertThatThrownBy(() -> new ProgramJars(built, "1").of("other"))
        .hasMessageContaining("no built program in " + built);
  }

  @Test
  void refusesAPartWithoutClassPath() throws Exception {
    jar("part-1.jar", null);
    assertThatThrownBy(() -> new ProgramJars(built, "1").of("part"))
        .hasMessageContaining("names no class path");
  }

  private void jar(String name, @Nullable String classPath) throws IOException {
    Manifest manifest = new Manifest();
    manifest.getMainAttributes().put(Attributes.Name.MANIFEST_VERSION, "1.0");
    if (classPath != null) {
      manifest.getMainAttributes().put(Attributes.Name.CLASS_PATH, classPath);
    }
    new JarOutputStream(Files.newOutputStream(built.resolve("lib").resolve(name)), manifest)
        .close();
  }
}
