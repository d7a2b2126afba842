package io.cloudlet.sidecar.agent.cache;

import static org.assertj.core.api.Assertions.assertThat;

import io.cloudlet.sidecar.base.BaseStore;
import io.cloudlet.sidecar.base.Bases;
import io.cloudlet.sidecar.image.Digest;
import io.cloudlet.sidecar.node.DataDirectory;
import io.cloudlet.sidecar.node.VmName;
import io.cloudlet.sidecar.node.VmRecord;
import io.cloudlet.sidecar.node.VmRegistry;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class DiscardsTest {
  private static final VmName VM = new VmName("web");
  private static final Digest OVERLAY = new Digest("0a".repeat(32));

  @TempDir private Path folder;
  private DataDirectory data;
  private Packages packages;
  private CacheLimit cache;
  private Copies copies;
  private Discards discards;
  private Digest base;

  @BeforeEach
  void fetch() throws IOException {
    data = DataDirectory.open(folder, "test");
    packages = new Packages(data);
    cache = new CacheLimit(data, packages, TestNode.PLENTY);
    base = Bases.create(store(), "fetched", 1);
    packages.make(base);
    copies = Copies.open(data);
    copies.note(base);
    discards = new Discards(data, cache, copies);
    Files.createFile(Files.createDirectories(entry()).resolve("memory-0.raw"));
  }

  private BaseStore store() throws IOException {
    return BaseStore.at(data.bases());
  }

  private Path entry() {
    return data.ramCache().resolve(OVERLAY.hex());
  }

  @Test
  void removesMemoryBaseAndPackage() throws Exception {
    assertThat(packages.find(base)).isPresent(); // Somebody has just fetched it.
    assertThat(discards.run(List.of(base, OVERLAY), _ -> false)).isEqualTo(2);
    assertThat(store().list()).isEmpty();
    assertThat(data.packages()).isEmptyDirectory();
    assertThat(data.ramCache()).isEmptyDirectory();
    assertThat(copies.contains(base)).isFalse();
    assertThat(discards.run(List.of(base, OVERLAY), _ -> false)).isZero();
  }

  @Test
  void keepsWhatIsNeededHeldOrUsed() throws Exception {
    assertThat(discards.run(List.of(base, OVERLAY), _ -> true)).isZero();
    try (Holds.Hold _ = cache.hold(base)) {
      assertThat(discards.run(List.of(base), _ -> false)).isZero();
    }
    new VmRegistry(data).add(VmRecord.starting(VM, base, null, Bases.machine(), null));
    Path link = data.vms().resolve("memory");
    Files.createLink(link, entry().resolve("memory-0.raw"));
    assertThat(discards.run(List.of(base, OVERLAY), _ -> false)).isZero();
    assertThat(store().find(base)).isPresent();
    assertThat(entry()).isDirectory();
    assertThat(copies.contains(base)).isTrue();

    new VmRegistry(data).remove(VM);
    Files.delete(link);
    assertThat(discards.run(List.of(base, OVERLAY), _ -> false)).isEqualTo(2);
  }

  @Test
  void leavesAloneWhatPeopleHavePutThere() throws Exception {
    Digest own = Bases.create(store(), "own", 2);
    packages.make(own);
    assertThat(discards.run(List.of(own), _ -> false)).isZero();
    assertThat(store().find(own)).isPresent();
    assertThat(packages.file(own)).exists();
  }

  @Test
  void knowsItsCopiesAfterARestartAndForgetsThoseThatAreGone() throws Exception {
    assertThat(Copies.open(data).contains(base)).isTrue();
    assertThat(new CacheLimit(data, packages, 1).evict(Set.of())).isZero();
    assertThat(Copies.open(data).contains(base)).isFalse();
  }
}
