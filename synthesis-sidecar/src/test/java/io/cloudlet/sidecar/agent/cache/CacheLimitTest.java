package io.cloudlet.sidecar.agent.cache;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.cloudlet.sidecar.base.BaseStore;
import io.cloudlet.sidecar.base.Bases;
import io.cloudlet.sidecar.image.Digest;
import io.cloudlet.sidecar.node.DataDirectory;
import io.cloudlet.sidecar.node.VmName;
import io.cloudlet.sidecar.node.VmRecord;
import io.cloudlet.sidecar.node.VmRegistry;
import io.cloudlet.sidecar.synthesis.RamCache;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.time.Instant;
import java.util.Set;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class CacheLimitTest {
  private static final VmName VM = new VmName("web");

  @TempDir private Path folder;
  private DataDirectory data;
  private Packages packages;
  private Digest oldest;
  private Digest middle;
  private Digest newest;
  private long size;

  @BeforeEach
  void fill() throws IOException {
    data = DataDirectory.open(folder, "test");
    packages = new Packages(data);
    oldest = create("oldest", 1);
    middle = create("middle", 2);
    newest = create("newest", 3);
    size = limit(TestNode.PLENTY).bytes(oldest);
  }

  private Digest create(String name, long seed) throws IOException {
    Digest base = Bases.create(store(), name, seed);
    packages.make(base);
    FileTime used = FileTime.from(Instant.now().minusSeconds(1000 - seed));
    Files.setLastModifiedTime(packages.file(base), used);
    Files.setLastModifiedTime(data.bases().resolve(base.hex()), used);
    return base;
  }

  private BaseStore store() throws IOException {
    return BaseStore.at(data.bases());
  }

  private CacheLimit limit(long bytes) {
    return new CacheLimit(data, packages, bytes);
  }

  @Test
  void tellsWhatIsTaken() throws Exception {
    CacheUsage usage = limit(TestNode.PLENTY).usage();
    assertThat(size).isGreaterThan(3_000_000);
    assertThat(usage.bases()).isBetween(3 * size - 100_000, 3 * size + 100_000);
    assertThat(usage.packages()).isGreaterThan(9_000_000);
    assertThat(usage.used()).isEqualTo(usage.bases() + usage.packages());
    assertThat(usage.room()).isPositive().isLessThanOrEqualTo(usage.free());
    Files.write(data.temporary().resolve("package-0.download"), new byte[1 << 20]);
    assertThat(limit(TestNode.PLENTY).usage().packages()).isEqualTo(usage.packages() + (1 << 20));
    assertThat(limit(1).usage().room()).isZero();
  }

  @Test
  void removesPackagesFirstAndWhatWasUsedLongestAgo() throws Exception {
    CacheUsage all = limit(TestNode.PLENTY).usage();
    assertThat(limit(all.used()).evict(Set.of())).isZero();
    assertThat(packages.file(oldest)).exists();

    // A package of a base VM that is wanted goes after the others.
    assertThat(limit(all.used() - 1).evict(Set.of(oldest))).isZero();
    assertThat(packages.file(oldest)).exists();
    assertThat(packages.file(middle)).doesNotExist();

    assertThat(limit(all.bases()).evict(Set.of())).isZero();
    assertThat(data.packages()).isEmptyDirectory();
    assertThat(store().list()).hasSize(3);

    assertThat(limit(all.bases() - 1).evict(Set.of(oldest))).isZero();
    assertThat(store().find(oldest)).isPresent();
    assertThat(store().find(middle)).isEmpty();
    assertThat(store().find(newest)).isPresent();
  }

  @Test
  void keepsWhatIsWantedUsedOrHeld() throws Exception {
    new VmRegistry(data).add(VmRecord.starting(VM, middle, null, Bases.machine(), null));
    CacheLimit limit = limit(1);
    try (Holds.Hold _ = limit.hold(newest);
        Holds.Hold _ = limit.hold(newest)) {
      assertThat(limit.evict(Set.of(oldest))).isGreaterThan(3 * size);
      assertThat(store().list()).hasSize(3);
      assertThat(packages.file(newest)).exists();
      assertThat(packages.file(oldest)).doesNotExist();
    }
    assertThat(limit.evict(Set.of())).isBetween(1L, size + 100_000);
    assertThat(store().list()).singleElement().matches(base -> base.digest().equals(middle));
    assertThat(data.packages()).isEmptyDirectory();
    new VmRegistry(data).remove(VM);
    assertThat(limit.evict(Set.of())).isZero();
    assertThat(store().list()).isEmpty();
  }

  @Test
  void keepsAPackageThatSomebodyFetches() throws Exception {
    assertThat(packages.find(oldest)).isPresent();
    limit(1).evict(Set.of(oldest, middle, newest));
    assertThat(packages.file(oldest)).exists();
    assertThat(packages.file(middle)).doesNotExist();
  }

  @Test
  void makesRoomOrRemovesNothing() throws Exception {
    CacheUsage all = limit(TestNode.PLENTY).usage();
    CacheLimit limit = limit(all.used());
    assertThatThrownBy(() -> limit.require("base VM x", all.packages() + 1, wanted()))
        .isInstanceOfSatisfying(
            NoRoomException.class,
            e -> {
              assertThat(e.needed()).isEqualTo(all.packages() + 1);
              assertThat(e.available()).isEqualTo(all.packages());
            })
        .hasMessageContaining("base VM x takes")
        .hasMessageContaining("give the cache more");
    assertThat(limit.usage().used()).isEqualTo(all.used());

    limit.require("base VM x", 1, wanted());
    assertThat(packages.file(oldest)).doesNotExist();
    assertThat(packages.file(middle)).exists();
    limit.require("base VM x", all.packages(), wanted());
    assertThat(data.packages()).isEmptyDirectory();
    assertThat(store().list()).hasSize(3);
    limit.require("base VM x", all.packages() + 1, Set.of(middle, newest));
    assertThat(store().find(oldest)).isEmpty();
  }

  private Set<Digest> wanted() {
    return Set.of(oldest, middle, newest);
  }

  @Test
  void removesMemoryOfOverlaysLast() throws Exception {
    Path entry = Files.createDirectories(data.ramCache().resolve(oldest.hex()));
    Files.createFile(entry.resolve("memory.bytes-1000000"));
    Files.createFile(entry.resolve("durable"));
    CacheUsage all = limit(TestNode.PLENTY).usage();
    assertThat(all.memory()).isEqualTo(1_000_000);
    assertThat(limit(all.bases() + all.memory()).evict(wanted())).isZero();
    assertThat(entry).exists();
    assertThat(limit(all.bases()).evict(wanted())).isZero();
    assertThat(entry).doesNotExist();
    assertThat(new RamCache(data.ramCache(), 1).idleBytes()).isZero();
  }
}
