package io.cloudlet.sidecar.base;

import static java.lang.foreign.ValueLayout.JAVA_BYTE;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.cloudlet.sidecar.image.CloudletException;
import io.cloudlet.sidecar.image.CorruptException;
import io.cloudlet.sidecar.image.Digest;
import io.cloudlet.sidecar.image.ImageId;
import io.cloudlet.sidecar.image.Images;
import io.cloudlet.sidecar.image.Partials;
import io.cloudlet.sidecar.image.SparseFile;
import java.io.IOException;
import java.lang.foreign.MemorySegment;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.List;
import java.util.concurrent.atomic.AtomicLong;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class BaseStoreTest {
  @TempDir private Path folder;
  private BaseStore store;

  @BeforeEach
  void open() throws IOException {
    store = BaseStore.at(folder.resolve("bases"));
  }

  @Test
  void aNewBaseIsOpenedWithAllItsParts() throws IOException {
    Digest digest = Bases.create(store, "debian", 1);
    try (BaseVm base = store.open(digest)) {
      assertThat(base.digest()).isEqualTo(digest);
      assertThat(base.manifest().name()).isEqualTo(new BaseName("debian"));
      assertThat(base.manifest().machine()).isEqualTo(Bases.machine());
      assertThat(base.manifest().images())
          .extracting(BaseImage::id)
          .containsExactly(ImageId.FIRST_DISK, ImageId.MAIN_MEMORY, Bases.ROM);
      assertThat(base.image(Bases.ROM).length()).isEqualTo(5000);
      assertThat(base.image(1).length()).isEqualTo(16 << 20);
      assertThat(base.path(ImageId.FIRST_DISK)).hasFileName("disk0.raw");
      assertThat(base.path(Bases.ROM)).endsWithRaw(Path.of("memory", "01.ram"));
      assertThat(base.preamble()).hasSize(100);
      assertThat(base.deviceState()).hasSize(170_000);
      assertThat(base.kernel().orElseThrow()).isRegularFile();
      assertThat(base.initrd().orElseThrow()).hasSize(1);
      assertThatThrownBy(() -> base.image(new ImageId(ImageId.FIRST_DISK.kind(), "other")))
          .isInstanceOf(IllegalArgumentException.class);
    }
  }

  @Test
  void itsFilesCannotBeWritten() throws IOException {
    Digest digest = Bases.create(store, "debian", 1);
    try (Stream<Path> files = Files.walk(store.find(digest).orElseThrow().folder())) {
      assertThat(files.filter(Files::isRegularFile))
          .isNotEmpty()
          .allSatisfy(file ->
              assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(file)))
                  .isEqualTo("r--------"));
    }
  }

  @Test
  void anAbandonedDraftLeavesNothing() throws IOException {
    try (BaseDraft draft = store.draft(new BaseName("debian"))) {
      SparseFile.create(draft.addImage(ImageId.FIRST_DISK), 4096).close();
      assertThatThrownBy(() -> draft.addImage(ImageId.FIRST_DISK))
          .isInstanceOf(IllegalArgumentException.class);
      assertThatThrownBy(() -> draft.commit(Bases.machine()))
          .isInstanceOf(IllegalArgumentException.class)
          .hasMessageContaining("kernel");
    }
    assertThat(store.list()).isEmpty();
    assertThat(store.root()).isDirectoryNotContaining(Partials::isPartial);
  }

  @Test
  void isFoundByNameDigestAndPrefix() throws IOException {
    Digest one = Bases.create(store, "one", 1);
    Digest two = Bases.create(store, "two", 2);
    assertThat(store.list()).extracting(BaseEntry::digest).containsExactly(one, two);
    assertThat(store.find("two").digest()).isEqualTo(two);
    assertThat(store.find(one.toString()).digest()).isEqualTo(one);
    assertThat(store.find(one.hex().substring(0, 8)).digest()).isEqualTo(one);
    assertThat(store.find("two").manifest().created()).endsWith("Z");
    for (String nothing : List.of("three", "", "0123456789abcdef", one.hex().substring(0, 3))) {
      assertThatThrownBy(() -> store.find(nothing))
          .isInstanceOf(NoSuchBaseException.class)
          .hasMessageContaining("cloudlet base ls");
    }
    assertThatThrownBy(() -> store.open(Digest.sha256(new byte[0])))
        .isInstanceOf(NoSuchBaseException.class);
  }

  @Test
  void anAmbiguousPrefixIsRefused() throws IOException {
    for (char end : new char[] {'0', '1'}) {
      Files.createDirectory(store.root().resolve("abcdef" + "0".repeat(57) + end));
    }
    assertThatThrownBy(() -> store.find("abcd"))
        .isInstanceOf(NoSuchBaseException.class)
        .hasMessageContaining("2 base VMs");
  }

  @Test
  void aNameIsGivenOnce() throws IOException {
    Digest first = Bases.create(store, "debian", 1);
    assertThatThrownBy(() -> store.draft(new BaseName("debian")))
        .isInstanceOf(DuplicateBaseException.class)
        .hasMessageContaining("debian")
        .hasMessageContaining(first.shortHex());
  }

  @Test
  void verifyReadsEverything() throws IOException {
    Digest digest = Bases.create(store, "debian", 1);
    AtomicLong bytes = new AtomicLong();
    store.verify(store.find(digest).orElseThrow(), bytes::addAndGet);
    assertThat(bytes.get()).isEqualTo((40 << 20) + 5000 + 3_170_101);
  }

  @Test
  void verifyNamesFileAndMebibyte() throws IOException {
    BaseEntry entry = store.find(Bases.create(store, "debian", 1)).orElseThrow();
    flip(entry.files().image(ImageId.FIRST_DISK.kind(), 0), (7 << 20) + 12_345);
    assertThatThrownBy(() -> store.verify(entry, _ -> {}))
        .isInstanceOf(CorruptException.class)
        .hasMessageContaining("disk0.raw")
        .hasMessageContaining("byte 7340032")
        .hasMessageContaining("MiB 7");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "preamble",
        "device-state",
        "kernel",
        "initrd",
        "chunks",
        "base.json",
        "disk0.raw",
        "memory/00.ram",
        "memory/01.ram"
      })
  void everyDamageIsFound(String file) throws IOException {
    BaseEntry entry = store.find(Bases.create(store, "debian", 1)).orElseThrow();
    Path path = entry.folder().resolve(file);
    for (long seed = 0; seed < 4; seed++) {
      long at = Images.random(seed).nextLong(Files.size(path));
      byte before = flip(path, at);
      assertThatThrownBy(() -> store.verify(entry, _ -> {}))
          .isInstanceOf(CloudletException.class)
          .hasMessageContaining(path.getFileName().toString());
      write(path, at, before);
    }
    store.verify(entry, _ -> {});
  }

  @Test
  void aCutImageIsNotOpened() throws IOException {
    BaseEntry entry = store.find(Bases.create(store, "debian", 1)).orElseThrow();
    Path disk = entry.folder().resolve("disk0.raw");
    Files.setPosixFilePermissions(disk, PosixFilePermissions.fromString("rw-------"));
    Files.write(disk, new byte[4096]);
    assertThatThrownBy(() -> store.open(entry))
        .isInstanceOf(CorruptException.class)
        .hasMessageContaining("has 4096 bytes, not 25165824");
  }

  @Test
  void onlyAnUnusedBaseIsRemoved() throws IOException {
    Digest digest = Bases.create(store, "debian", 1);
    BaseEntry entry = store.find(digest).orElseThrow();
    assertThatThrownBy(() -> store.remove(entry, _ -> List.of("VM web", "VM db")))
        .isInstanceOf(BaseInUseException.class)
        .hasMessageContaining("debian is used by VM web, VM db");
    assertThat(store.find(digest)).isPresent();

    try (BaseVm open = store.open(entry)) {
      store.remove(entry, _ -> List.of());
      assertThat(store.list()).isEmpty();
      assertThat(open.image(0).segment().toArray(JAVA_BYTE)).hasSize(24 << 20);
    }
    assertThat(store.root()).isDirectoryNotContaining(Partials::isPartial);
  }

  private static byte flip(Path path, long at) throws IOException {
    byte before = Files.readAllBytes(path)[(int) at];
    write(path, at, (byte) (before ^ 0x10));
    return before;
  }

  private static void write(Path path, long at, byte value) throws IOException {
    Files.setPosixFilePermissions(path, PosixFilePermissions.fromString("rw-------"));
    try (SparseFile file = SparseFile.open(path)) {
      file.write(at, MemorySegment.ofArray(new byte[] {value}));
    }
  }
}
