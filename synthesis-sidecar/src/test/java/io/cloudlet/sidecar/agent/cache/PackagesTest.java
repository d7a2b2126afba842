package io.cloudlet.sidecar.agent.cache;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.cloudlet.sidecar.agent.http.Content;
import io.cloudlet.sidecar.base.BaseStore;
import io.cloudlet.sidecar.base.Bases;
import io.cloudlet.sidecar.base.PackageHead;
import io.cloudlet.sidecar.image.CloudletException;
import io.cloudlet.sidecar.image.Digest;
import io.cloudlet.sidecar.node.DataDirectory;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.stream.IntStream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class PackagesTest {
  @TempDir private Path folder;
  private DataDirectory data;
  private Packages packages;
  private Digest base;

  @BeforeEach
  void open() throws IOException {
    data = DataDirectory.open(folder, "test");
    packages = new Packages(data);
    base = Bases.create(BaseStore.at(data.bases()), "base", 1);
  }

  @Test
  void makesAPackageOnceForAllWhoAsk() throws Exception {
    assertThat(packages.bytes(base)).isEmpty();
    Callable<Content> ask = () -> packages.find(base).orElseThrow();
    List<Content> all;
    try (ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor()) {
      all =
          threads.invokeAll(IntStream.range(0, 20).mapToObj(_ -> ask).toList()).stream()
              .map(Future::resultNow)
              .toList();
    }
    assertThat(all).containsOnly(all.getFirst());
    assertThat(data.packages().toFile().list()).containsExactly(base.hex() + ".base");
    assertThat(packages.bytes(base)).hasValue(Files.size(packages.file(base)));
    assertThat(PackageHead.of(packages.file(base)).base()).isEqualTo(base);
    assertThat(PackageHead.rootOf(packages.file(base))).isEqualTo(all.getFirst().digest());
  }

  @Test
  void hasNothingOfABaseThatIsNotHere() throws Exception {
    Digest other = Digest.sha256(new byte[] {1});
    assertThat(packages.find(other)).isEmpty();
    assertThatThrownBy(() -> packages.make(other))
        .isInstanceOf(CloudletException.class)
        .hasMessageContaining(other.toString());
    assertThat(packages.find(other)).isEmpty();
  }

  @Test
  void makesAnewWhatIsNoPackage() throws Exception {
    Path file = packages.make(base);
    byte[] bytes = Files.readAllBytes(file);
    for (int length : new int[] {0, 47, 100, bytes.length - 1}) {
      Files.write(file, Arrays.copyOf(bytes, length));
      assertThat(packages.find(base)).isPresent();
      assertThat(file).hasBinaryContent(bytes);
    }
  }
}
