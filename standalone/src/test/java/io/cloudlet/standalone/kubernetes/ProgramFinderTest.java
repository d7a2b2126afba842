package io.cloudlet.standalone.kubernetes;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.cloudlet.sidecar.image.CloudletException;
import io.cloudlet.sidecar.node.Progress;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ProgramFinderTest {
  private static final String VERSION = "1.36.3-linux-amd64";

  private final List<String> said = new ArrayList<>();
  private final Map<String, String> environment = new HashMap<>();

  @TempDir private Path folder;

  @BeforeEach
  void startWithNothing() {
    environment.put("PATH", System.getenv("PATH"));
    environment.put("HOME", folder.toString());
  }

  @Test
  void takesAFolderThatHoldsThePrograms() throws IOException {
    Path given = programs(folder.resolve("given"));
    environment.put("CLOUDLET_KUBERNETES", given.toString());

    assertThat(find()).isEqualTo(new Programs(given));
    assertThat(said).isEmpty();
  }

  @Test
  void takesTheNewestOfWhatKubeApiTestHas() throws IOException {
    programs(folder.resolve("k8s/1.9.0-linux-amd64"));
    Path newest = programs(folder.resolve("k8s/1.35.1-linux-amd64"));
    environment.put("KUBE_API_TEST_DIR", folder.toString());

    assertThat(find()).isEqualTo(new Programs(newest));
  }

  @Test
  void refusesAFolderThatLacksAProgram() throws IOException {
    Path given = programs(folder.resolve("given"));
    Files.delete(given.resolve("kubectl"));
    environment.put("CLOUDLET_KUBERNETES", given.toString());

    assertThatThrownBy(this::find)
        .isInstanceOf(CloudletException.class)
        .hasMessageContaining("CLOUDLET_KUBERNETES names " + given)
        .hasMessageContaining("does not hold etcd kube-apiserver kubectl")
        .hasMessageContaining("correct or unset it");
  }

  @Test
  void refusesAFolderOfAnotherLayout() throws IOException {
    environment.put("KUBE_API_TEST_DIR", programs(folder.resolve("given")).toString());

    assertThatThrownBy(this::find)
        .isInstanceOf(CloudletException.class)
        .hasMessageContaining("holds no k8s/VERSION-linux-amd64")
        .hasMessageContaining("correct or unset it");
  }

  @Test
  void findsWhatWasBuiltBefore() throws IOException {
    Path built = programs(folder.resolve(".cache/cloudlet/kubernetes/k8s").resolve(VERSION));

    assertThat(find()).isEqualTo(new Programs(built));
  }

  @Test
  void takesAnotherPatchOfTheVersionFromTheCache() throws IOException {
    Path cache = folder.resolve(".cache/cloudlet/kubernetes/k8s");
    programs(cache.resolve("1.36.1-linux-amd64"));
    Path newer = programs(cache.resolve("1.36.2-linux-amd64"));
    programs(cache.resolve("1.9.9-linux-amd64"));

    assertThat(find()).isEqualTo(new Programs(newer));
    assertThat(said).isEmpty();
  }

  @Test
  void looksWhereTheEnvironmentPutsCaches() throws IOException {
    Path shared = programs(folder.resolve("shared/cloudlet/kubernetes/k8s").resolve(VERSION));
    environment.put("XDG_CACHE_HOME", folder.resolve("shared").toString());
    assertThat(find()).isEqualTo(new Programs(shared));

    Path own = programs(folder.resolve("own/kubernetes/k8s").resolve(VERSION));
    environment.put("CLOUDLET_CACHE", folder.resolve("own").toString());
    assertThat(find()).isEqualTo(new Programs(own));
  }

  private Programs find() throws IOException {
    return new ProgramFinder(environment, Progress.SILENT, said::add).find();
  }

  private static Path programs(Path folder) throws IOException {
    Files.createDirectories(folder);
    for (String name : Programs.NAMES) {
      Files.writeString(folder.resolve(name), "#!/bin/sh\n");
      Files.setPosixFilePermissions(
          folder.resolve(name), PosixFilePermissions.fromString("rwx------"));
    }
    return folder;
  }
}
