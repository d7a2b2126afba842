package io.cloudlet.sidecar.synthesis;

import static org.assertj.core.api.Assertions.assertThat;

import io.cloudlet.sidecar.image.Digest;
import io.cloudlet.sidecar.qemu.ProcessHost;
import io.cloudlet.sidecar.qemu.VmFiles;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.time.Instant;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class RamCacheTest {
  private static final Digest A = Digest.sha256(new byte[] {1});
  private static final Digest B = Digest.sha256(new byte[] {2});
  private static final Digest C = Digest.sha256(new byte[] {3});

  @TempDir Path folder;

  @Test
  void findsWhatWasPublished() throws IOException {
    RamCache cache = new RamCache(folder.resolve("ram"), 100);
    assertThat(cache.find(A)).isEmpty();
    CacheFiles files = add(cache, A, 60).orElseThrow();
    assertThat(files.memory(1)).hasContent("memory");
    assertThat(cache.find(A)).contains(files);
    assertThat(cache.find(B)).isEmpty();
  }

  @Test
  void evictsWhatWasUsedLongestAgo() throws IOException {
    RamCache cache = new RamCache(folder, 100);
    age(add(cache, A, 40), 3);
    age(add(cache, B, 40), 2);
    assertThat(cache.find(A)).isPresent();
    add(cache, C, 40);
    assertThat(cache.find(A)).isPresent();
    assertThat(cache.find(B)).isEmpty();
    assertThat(cache.find(C)).isPresent();
    assertThat(cache.evict()).isEqualTo(80);
  }

  @Test
  void keepsWhatAVmUses() throws IOException {
    RamCache cache = new RamCache(folder.resolve("ram"), 100);
    CacheFiles used = add(cache, A, 90).orElseThrow();
    Path vm = Files.createDirectory(folder.resolve("vm"));
    try (CacheLink link =
        CacheLink.create(
            new ProcessHost(new VmFiles(vm)), used.memory(1), vm.resolve("memory.raw"))) {
      assertThat(link.file()).hasContent("memory").hasParent(vm);
      age(Optional.of(used), 9);
      assertThat(add(cache, B, 90)).isEmpty();
      assertThat(cache.find(A)).isPresent();
    }
    age(Optional.of(used), 9);
    assertThat(add(cache, B, 90)).isPresent();
    assertThat(cache.find(A)).isEmpty();
  }

  @Test
  void refusesWhatIsLargerThanTheLimit() throws IOException {
    RamCache cache = new RamCache(folder, 100);
    assertThat(add(cache, A, 101)).isEmpty();
    assertThat(folder).isEmptyDirectory();
  }

  @Test
  void keepsTheFirstOfTwoDrafts() throws IOException {
    RamCache cache = new RamCache(folder, 100);
    try (CacheDraft slow = cache.draft(A)) {
      Files.writeString(slow.files().memory(1), "other");
      slow.files().count("memory", 10);
      CacheFiles first = add(cache, A, 20).orElseThrow();
      assertThat(slow.publish()).contains(first);
      assertThat(first.memory(1)).hasContent("memory");
    }
    assertThat(folder.toFile().list()).containsExactly(A.hex());
  }

  @Test
  void doesNotTrustWhatAPowerCutMayHaveDamaged() throws IOException {
    RamCache cache = new RamCache(folder, 100);
    forgetBoot(add(cache, A, 10).orElseThrow());
    assertThat(cache.find(A)).isEmpty();
    CacheFiles flushed = add(cache, A, 10).orElseThrow();
    flushed.force();
    forgetBoot(flushed);
    assertThat(cache.find(A)).isPresent();
  }

  private static void forgetBoot(CacheFiles files) throws IOException {
    String boot = Files.readString(Path.of("/proc/sys/kernel/random/boot_id")).strip();
    Files.delete(files.folder().resolve("boot-" + boot));
  }

  private static Optional<CacheFiles> add(RamCache cache, Digest overlay, long bytes)
      throws IOException {
    try (CacheDraft draft = cache.draft(overlay)) {
      Files.writeString(draft.files().memory(1), "memory");
      draft.files().count("memory", bytes);
      return draft.publish();
    }
  }

  private static void age(Optional<CacheFiles> entry, int hours) throws IOException {
    FileTime past = FileTime.from(Instant.now().minusSeconds(3600L * hours));
    Files.setLastModifiedTime(entry.orElseThrow().folder(), past);
  }
}
