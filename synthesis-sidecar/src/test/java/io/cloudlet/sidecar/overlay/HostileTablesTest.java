package io.cloudlet.sidecar.overlay;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.github.luben.zstd.Zstd;
import io.cloudlet.sidecar.image.CloudletException;
import io.cloudlet.sidecar.image.CorruptException;
import io.cloudlet.sidecar.image.Digest;
import io.cloudlet.sidecar.image.Page;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Tables whose digests are right and whose content lies. */
class HostileTablesTest {
  private static final byte[] NO_SEGMENTS = {0};

  @TempDir Path folder;
  private final SampleOverlay sample = new SampleOverlay(21);

  @Test
  void randomTablesEndInTypedErrors() throws IOException {
    Random random = new Random(5);
    for (int round = 0; round < 3000; round++) {
      byte[] directory = new byte[random.nextInt(200)];
      byte[] index = new byte[random.nextInt(200)];
      random.nextBytes(directory);
      random.nextBytes(index);
      Path file = write(round % 2 == 0 ? directory : NO_SEGMENTS, index, manifest());
      try (OverlayReader reader = OverlayReader.open(file)) {
        assertThat(reader.index().images()).hasSize(2);
      } catch (CloudletException e) {
        assertThat(e).hasMessageContaining(file.toString());
      }
    }
  }

  @Test
  void damagedTablesEndInTypedErrors() throws IOException {
    Random random = new Random(6);
    byte[] index = IndexCodec.encode(sample.index(), SampleOverlay.BASE_IMAGES.size());
    for (int round = 0; round < 3000; round++) {
      byte[] damaged = index.clone();
      damaged[random.nextInt(damaged.length)] = (byte) random.nextInt(256);
      VarintReader in = new VarintReader(damaged, "index", "crafted", 0);
      try {
        OverlayIndex read = IndexCodec.decode(in, sample.manifest(List.of()), sample.slots());
        requireInBounds(read.images().getFirst(), 5000);
        requireInBounds(read.images().getLast(), 2001);
      } catch (CorruptException e) {
        assertThat(e).hasMessageContaining("crafted");
      }
    }
  }

  private void requireInBounds(ImageRuns runs, int pages) {
    for (int run = 0; run < runs.size(); run++) {
      assertThat(runs.page(run) + runs.count(run)).isLessThanOrEqualTo(pages);
      int limit =
          switch (runs.kind(run)) {
            case ZERO -> runs.count(run);
            case SLOT -> sample.slots();
            case BASE ->
                (int) Page.count(SampleOverlay.BASE_IMAGES.get(runs.baseImage(run)).length());
          };
      assertThat(runs.target(run) + runs.count(run)).isLessThanOrEqualTo(limit);
    }
  }

  @Test
  void aBombIsRefusedBeforeItUnpacks() throws IOException {
    byte[] bomb = Zstd.compress(new byte[64 << 20]);
    Path file =
        write(new Part(ByteBuffer.wrap(bomb), 64 << 20), Part.plain(new byte[1]), manifest());
    assertThatThrownBy(() -> OverlayReader.open(file).close())
        .isInstanceOf(CorruptException.class)
        .hasMessageContaining("directory");
  }

  @Test
  void aTableThatUnpacksToLessIsRefused() throws IOException {
    byte[] frame = Zstd.compress(new byte[1000]);
    Path file = write(new Part(ByteBuffer.wrap(frame), 2000), Part.plain(new byte[1]), manifest());
    assertThatThrownBy(() -> OverlayReader.open(file).close()).isInstanceOf(CorruptException.class);
  }

  @Test
  void runsOfPagesThatAreNotAreRefused() throws IOException {
    ImageRuns none = new ImageRunsBuilder().build();
    ImageRunsBuilder past = new ImageRunsBuilder();
    past.add(4990, 11, RunKind.ZERO, 0, 0);
    ImageRunsBuilder slot = new ImageRunsBuilder();
    slot.slot(1, 0);
    ImageRunsBuilder base = new ImageRunsBuilder();
    base.add(1, 2, RunKind.BASE, 0, 3999);
    for (ImageRunsBuilder wrong : List.of(past, slot, base)) {
      byte[] index = IndexCodec.encode(new OverlayIndex(List.of(wrong.build(), none)), 2);
      Path file = write(NO_SEGMENTS, index, manifest());
      assertThatThrownBy(() -> OverlayReader.open(file).close())
          .isInstanceOf(CorruptException.class)
          .hasMessageContaining("index");
    }
  }

  @Test
  void lyingManifestsAreRefused() throws IOException {
    String good = new String(manifest(), StandardCharsets.UTF_8);
    List<String> lies =
        List.of(
            "",
            "null",
            "[]",
            "{}",
            good + "x",
            good.replace("\"format\" : 1", "\"format\" : 2"),
            good.replace("memory/pc.ram", "../../etc/passwd"),
            good.replace("memory/pc.ram", "disk/disk0"),
            good.replace("sha256:", "md5:"),
            good.replace("20480000", "-1"),
            good.replace("20480000", "1e30"),
            good.replace("20480000", "9000000000000000"),
            good.replace("fast", "furious"),
            "[".repeat(5000));
    for (String lie : lies) {
      assertThat(lie).isNotEqualTo(good);
      Path file =
          write(
              NO_SEGMENTS, new byte[] {2, 0, 0, 0, 0, 0, 0}, lie.getBytes(StandardCharsets.UTF_8));
      assertThatThrownBy(() -> OverlayReader.open(file).close())
          .as(lie)
          .isInstanceOf(CorruptException.class);
    }
  }

  private byte[] manifest() {
    return ManifestJson.encode(sample.manifest(List.of()));
  }

  private record Part(ByteBuffer stored, long unpacked) {
    static Part plain(byte[] content) {
      return new Part(ByteBuffer.wrap(content), content.length);
    }
  }

  private Path write(byte[] directory, byte[] index, byte[] manifest) throws IOException {
    return write(Part.plain(directory), Part.plain(index), manifest);
  }

  private Path write(Part directory, Part index, byte[] manifest) throws IOException {
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    out.write(Header.encode());
    TableLocation first = table(out, directory);
    TableLocation second = table(out, index);
    TableLocation third = table(out, Part.plain(manifest));
    out.write(new Footer(first, second, third, out.size() + Footer.LENGTH).encode());
    return Files.write(folder.resolve("crafted"), out.toByteArray());
  }

  private static TableLocation table(ByteArrayOutputStream out, Part part) throws IOException {
    byte[] stored = part.stored().array();
    TableLocation table =
        new TableLocation(out.size(), stored.length, part.unpacked(), Digest.sha256(stored));
    out.write(stored);
    return table;
  }
}
