package io.cloudlet.sidecar.base;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.github.luben.zstd.Zstd;
import io.cloudlet.sidecar.image.ChunkDigests;
import io.cloudlet.sidecar.image.CloudletException;
import io.cloudlet.sidecar.image.Digest;
import io.cloudlet.sidecar.image.Images;
import io.cloudlet.sidecar.image.Partials;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.List;
import java.util.random.RandomGenerator;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class PackageHostileTest {
  @TempDir private Path folder;
  private byte[] sound = new byte[0];
  private BaseStore store;

  @BeforeEach
  void export() throws IOException {
    BaseStore origin = BaseStore.at(folder.resolve("origin"));
    Bases.create(origin, "debian", 1);
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    origin.exportTo(origin.find("debian"), out, _ -> {});
    sound = out.toByteArray();
    store = BaseStore.at(folder.resolve("store"));
  }

  @AfterEach
  void nothingIsLeft() throws IOException {
    assertThat(store.list()).isEmpty();
    assertThat(store.root()).isDirectoryNotContaining(Partials::isPartial);
  }

  private ThrowingCallable importing(byte[] bytes) {
    return () -> store.importFrom(new ByteArrayInputStream(bytes), "hostile.base", null, _ -> {});
  }

  @ParameterizedTest
  @ValueSource(longs = {1, 2, 3, 4, 5, 6})
  void everyDamageIsFound(long seed) {
    RandomGenerator random = Images.random(seed);
    for (int i = 0; i < 40; i++) {
      assertThatThrownBy(importing(damage(random)))
          .isInstanceOf(CloudletException.class)
          .hasMessageContaining("hostile.base");
    }
  }

  private byte[] damage(RandomGenerator random) {
    byte[] damaged = sound.clone();
    int at = random.nextInt(random.nextBoolean() ? 4000 : sound.length);
    switch (random.nextInt(4)) {
      case 0 -> damaged[at] ^= (byte) (1 << random.nextInt(8));
      case 1 -> damaged = Arrays.copyOf(damaged, at);
      case 2 -> damaged = Arrays.copyOf(damaged, sound.length + 1 + random.nextInt(100));
      default -> {
        int length = 1 + random.nextInt(100);
        System.arraycopy(
            sound, at, damaged, Math.min(at + length, sound.length - 100), 100 / length);
        damaged[at] ^= 1;
      }
    }
    return damaged;
  }

  @Test
  void cutsAtEveryPlaceOfTheFirstFramesAreFound() {
    for (int length = 0; length < 2500; length += 7) {
      assertThatThrownBy(importing(Arrays.copyOf(sound, length)))
          .isInstanceOf(CloudletException.class)
          .hasMessageContaining("it ends within");
    }
  }

  @ParameterizedTest
  @CsvSource({
    "0, 00, no base package begins",
    "8, 02000000, format version 2",
    "12, ffffffff, a manifest of 4294967295 bytes",
    "12, 00000000, a manifest of 0 bytes",
    "20, 0000, does not have the header's digest",
    "60, 0000, does not have the header's digest"
  })
  void headersAreChecked(int offset, String hex, String message) {
    byte[] bytes = sound.clone();
    byte[] patch = HexFormat.of().parseHex(hex);
    System.arraycopy(patch, 0, bytes, offset, patch.length);
    assertThatThrownBy(importing(bytes))
        .isInstanceOf(CloudletException.class)
        .hasMessageContaining(message);
  }

  /** A package whose digests are all right, but whose first frame is not what it has to be. */
  private byte[] crafted(BaseManifest manifest, FrameHeader header, byte[] payload)
      throws IOException {
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    MessageDigest root = Digest.newSha256();
    byte[] json = ManifestJson.write(manifest);
    for (ByteBuffer described :
        new ByteBuffer[] {PackageFormat.header(json), ByteBuffer.wrap(json), header.bytes()}) {
      byte[] bytes = new byte[described.remaining()];
      described.get(bytes);
      root.update(bytes);
      out.write(bytes);
    }
    out.write(payload);
    for (int part = 0; part < 7; part++) {
      root.update(FrameHeader.end().bytes());
      out.write(FrameHeader.end().bytes().array());
    }
    out.write(PackageFormat.footer(out.size() + PackageFormat.FOOTER, root.digest()).array());
    return out.toByteArray();
  }

  private BaseManifest manifest() throws IOException {
    int length = ByteBuffer.wrap(sound).order(ByteOrder.LITTLE_ENDIAN).getInt(12);
    byte[] json = Arrays.copyOfRange(sound, 48, 48 + length);
    return ManifestJson.read(json, "sound", 0);
  }

  @ParameterizedTest
  @CsvSource({
    "24, 1048576, 100, out of order",
    "-2, 1048576, 100, chunk 18446744073709551614 is out of order",
    "9223372036854775807, 1048576, 100, out of order",
    "0, 0, 100, 0 bytes of content",
    "0, -1, 100, 4294967295 bytes of content",
    "0, 4194305, 100, 4194305 bytes of content",
    "0, 5000, 100, within a chunk",
    "23, 2097152, 100, within a chunk",
    "0, 1048576, 0, a frame of 0 bytes",
    "0, 1048576, -5, a frame of 4294967291 bytes",
    "0, 1048576, 2147483647, a frame of 2147483647 bytes",
    "-1, 7, 0, the end of a part has a length"
  })
  void framesAreChecked(long chunk, int content, int compressed, String message)
      throws IOException {
    FrameHeader header = new FrameHeader(chunk, content, compressed, ChunkDigests.ZERO_CHUNK);
    assertThatThrownBy(importing(crafted(manifest(), header, new byte[100])))
        .isInstanceOf(CloudletException.class)
        .hasMessageContaining("image disk/disk0")
        .hasMessageContaining(message);
  }

  @Test
  void aFrameThatIsLargerThanItSaysIsRefused() throws IOException {
    byte[] bomb = Zstd.compress(new byte[64 << 20]);
    assertThatThrownBy(
            importing(crafted(manifest(), FrameHeader.of(0, ChunkDigests.CHUNK, bomb), bomb)))
        .isInstanceOf(CloudletException.class)
        .hasMessageContaining("is no zstd frame");
  }

  @Test
  void aFrameThatIsSmallerThanItSaysIsRefused() throws IOException {
    byte[] small = Zstd.compress(new byte[100]);
    assertThatThrownBy(
            importing(crafted(manifest(), FrameHeader.of(0, ChunkDigests.CHUNK, small), small)))
        .isInstanceOf(CloudletException.class)
        .hasMessageContaining("holds 100 bytes");
  }

  @Test
  void anotherContentWithDigestsOfItsOwnIsRefused() throws IOException {
    byte[] other = Zstd.compress("other".repeat(300_000).substring(0, 1 << 20).getBytes(UTF_8));
    assertThatThrownBy(
            importing(crafted(manifest(), FrameHeader.of(0, ChunkDigests.CHUNK, other), other)))
        .isInstanceOf(CloudletException.class)
        .hasMessageContaining("image disk/disk0 does not have the manifest's digest");
  }

  @Test
  void aLongImageWithoutContentCostsNothing() throws IOException {
    BaseManifest sane = manifest();
    BaseImage disk = sane.images().getFirst();
    BaseManifest huge =
        new BaseManifest(
            1,
            sane.name(),
            sane.created(),
            sane.machine(),
            List.of(new BaseImage(disk.id(), BaseManifest.MAX_BYTES, disk.digest())),
            sane.preamble(),
            sane.deviceState(),
            sane.kernel(),
            sane.initrd());
    assertThatThrownBy(importing(crafted(huge, FrameHeader.end(), new byte[0])))
        .isInstanceOf(IOException.class);
  }
}
