package io.cloudlet.sidecar.base;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.cloudlet.sidecar.image.Anchors;
import io.cloudlet.sidecar.image.CorruptException;
import io.cloudlet.sidecar.image.Digest;
import io.cloudlet.sidecar.image.Images;
import io.cloudlet.sidecar.image.MappedImage;
import io.cloudlet.sidecar.image.Page;
import java.io.IOException;
import java.lang.foreign.MemorySegment;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.random.RandomGenerator;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class PageIndexTest {
  @TempDir private Path folder;
  private BaseStore store;
  private Digest digest;

  @BeforeEach
  void createBase() throws IOException {
    store = BaseStore.at(folder.resolve("bases"));
    digest = Bases.create(store, "debian", 1);
  }

  @Test
  void findsEveryPageAtItsFirstPlace() throws IOException {
    try (BaseVm base = store.open(digest)) {
      Set<Long> contents = new HashSet<>();
      for (int ordinal = 0; ordinal < 3; ordinal++) {
        MappedImage image = base.image(ordinal);
        for (long page = 0; page < Page.count(image.length()); page++) {
          long at = image.offsetOf(page);
          if (!Page.isZero(image.segment(), at)) {
            boolean first = contents.add(Page.hash(image.segment(), at));
            assertFound(base, image, ordinal, page, first);
          }
        }
      }
      assertThat(base.index().entries()).isEqualTo(contents.size()).isEqualTo(64 + 42 + 1);
    }
  }

  private static void assertFound(
      BaseVm base, MappedImage image, int ordinal, long page, boolean first) throws IOException {
    long at = image.offsetOf(page);
    long found = base.index().find(image.segment(), at);
    if (first) {
      assertThat(PageIndex.ordinal(found)).isEqualTo(ordinal);
      assertThat(PageIndex.page(found)).isEqualTo(page);
    } else {
      MappedImage other = base.image(PageIndex.ordinal(found));
      long otherAt = other.offsetOf(PageIndex.page(found));
      assertThat(Page.equal(other.segment(), otherAt, image.segment(), at)).isTrue();
      assertThat(PageIndex.ordinal(found)).isZero();
    }
  }

  @Test
  void aHashAloneFindsNothing() throws IOException {
    try (BaseVm base = store.open(digest)) {
      MappedImage disk = base.image(0);
      long hash = Page.hash(disk.segment(), 0);
      byte[] page = Images.page(Images.random(99));
      assertThat(base.index().find(MemorySegment.ofArray(page), 0, hash)).isEqualTo(PageIndex.NONE);
      assertThat(base.index().find(MemorySegment.ofArray(page), 0)).isEqualTo(PageIndex.NONE);
      assertThat(base.index().find(disk.segment(), 0, hash)).isZero();
    }
  }

  @ParameterizedTest
  @ValueSource(longs = {1, 2, 3, 4})
  void aDamagedIndexIsBuiltAgain(long seed) throws IOException {
    Path path = store.find(digest).orElseThrow().files().index();
    byte[] sound = Files.readAllBytes(path);
    Files.setPosixFilePermissions(path, PosixFilePermissions.fromString("rw-------"));
    RandomGenerator random = Images.random(seed);
    for (int i = 0; i < 8; i++) {
      byte[] damaged = sound.clone();
      int at = random.nextInt(random.nextBoolean() ? 72 : sound.length);
      boolean padding = at >= 72 && at < PageIndexFile.HEADER;
      damaged[at] ^= 4;
      Files.write(path, damaged);
      try (BaseVm base = store.open(digest)) {
        assertThat(base.index().entries()).isEqualTo(107);
      }
      assertThat(Files.readAllBytes(path)).isEqualTo(padding ? damaged : sound);
    }
    Files.delete(path);
    try (BaseVm base = store.open(digest)) {
      assertThat(base.index().entries()).isEqualTo(107);
    }
  }

  @Test
  void givesTheAnchorsOfEachContentOnce() throws IOException {
    try (BaseVm base = store.open(digest)) {
      BaseAnchors.Cursor page = base.index().anchors().cursor();
      Anchors anchors = new Anchors(BaseAnchors.BITS);
      int pages = 0;
      while (page.next()) {
        MappedImage image = base.image(page.ordinal());
        long at = image.offsetOf(page.page());
        assertThat(base.index().find(image.segment(), at))
            .isEqualTo(PageIndex.location(page.ordinal(), page.page()));
        anchors.scan(image.segment(), at);
        assertThat(page.size()).isEqualTo(anchors.size());
        for (int anchor = 0; anchor < page.size(); anchor++) {
          assertThat(page.key(anchor)).isEqualTo(anchors.key(anchor));
        }
        pages++;
      }
      // A page of 4096 random bytes has eight anchors on average, and one in 3000 has none.
      assertThat(pages).isBetween(100, 107);
    }
  }

  @Test
  void theIndexOfAnotherBaseIsRefused() throws IOException {
    Path path = store.find(digest).orElseThrow().files().index();
    assertThatThrownBy(() -> PageIndexFile.open(path, Digest.sha256(new byte[1]), List.of()))
        .isInstanceOf(CorruptException.class)
        .hasMessageContaining("another base VM");
    Path cut = Files.write(folder.resolve("cut"), new byte[100]);
    assertThatThrownBy(() -> PageIndexFile.open(cut, digest, List.of()))
        .isInstanceOf(CorruptException.class)
        .hasMessageContaining("cut");
  }
}
