package io.cloudlet.sidecar.codec;

import static java.lang.foreign.ValueLayout.JAVA_BYTE;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.cloudlet.sidecar.image.CloudletException;
import io.cloudlet.sidecar.image.CorruptException;
import io.cloudlet.sidecar.image.Digest;
import io.cloudlet.sidecar.image.MappedImage;
import io.cloudlet.sidecar.image.Page;
import io.cloudlet.sidecar.overlay.BaseRun;
import io.cloudlet.sidecar.overlay.Effort;
import io.cloudlet.sidecar.overlay.Segment;
import io.cloudlet.sidecar.overlay.SegmentCodec;
import java.io.IOException;
import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class SegmentCodecTest {
  private static final int PAGES = 64;
  private static final List<BaseRun> REFERENCES =
      List.of(new BaseRun(0, 3, 10), new BaseRun(0, 40, 5));

  @TempDir Path folder;
  private final Random random = new Random(1);

  @ParameterizedTest
  @EnumSource(Effort.class)
  void pagesComeBack(Effort effort) throws IOException {
    try (MappedImage base = image("base");
        Arena arena = Arena.ofConfined()) {
      for (List<BaseRun> references : List.of(List.<BaseRun>of(), REFERENCES)) {
        MemorySegment pages = pagesLike(base, arena);
        Encoded encoded = encode(effort, base, pages, references);
        MemorySegment decoded = arena.allocate(pages.byteSize());
        decode(encoded.segment(), encoded.stored(), base, decoded);
        assertThat(pages.mismatch(decoded)).isEqualTo(-1);
      }
    }
  }

  @Test
  void likePagesOfTheBaseCostNext() throws IOException {
    try (MappedImage base = image("base");
        Arena arena = Arena.ofConfined()) {
      MemorySegment pages = pagesLike(base, arena);
      int alone = encode(Effort.BALANCED, base, pages, List.of()).segment().stored();
      int beside = encode(Effort.BALANCED, base, pages, REFERENCES).segment().stored();
      assertThat(alone).isGreaterThan(8 * Page.SIZE);
      assertThat(beside).isLessThan(Page.SIZE);
    }
  }

  @Test
  void noiseIsStoredAsItIs() throws IOException {
    try (MappedImage base = image("base");
        Arena arena = Arena.ofConfined()) {
      MemorySegment pages = arena.allocate(PAGES * Page.SIZE).copyFrom(base.segment());
      Encoded encoded = encode(Effort.FAST, base, pages, List.of());
      assertThat(encoded.segment().stored()).isEqualTo(PAGES * Page.SIZE);
      MemorySegment decoded = arena.allocate(pages.byteSize());
      decode(encoded.segment(), encoded.stored(), base, decoded);
      assertThat(pages.mismatch(decoded)).isEqualTo(-1);
    }
  }

  @Test
  void anotherBaseIsFound() throws IOException {
    try (MappedImage base = image("base");
        MappedImage other = image("other");
        Arena arena = Arena.ofConfined()) {
      MemorySegment pages = pagesLike(base, arena);
      Encoded encoded = encode(Effort.FAST, base, pages, REFERENCES);
      MemorySegment decoded = arena.allocate(pages.byteSize());
      assertThatThrownBy(() -> decode(encoded.segment(), encoded.stored(), other, decoded))
          .isInstanceOf(CorruptException.class)
          .hasMessageContaining("segment 4")
          .hasMessageContaining("base");
    }
  }

  /** Bytes whose digest is right and which no encoder wrote: never other pages than the right. */
  @Test
  void hostileFramesEndInTypedErrors() throws IOException {
    try (MappedImage base = image("base");
        Arena arena = Arena.ofConfined()) {
      MemorySegment pages = pagesLike(base, arena);
      Encoded encoded = encode(Effort.FAST, base, pages, REFERENCES);
      MemorySegment decoded = arena.allocate(pages.byteSize());
      for (int round = 0; round < 3000; round++) {
        ByteBuffer damaged = damaged(encoded, round % 2 == 0);
        Segment lying = segment(damaged.remaining(), encoded.segment().codec());
        try {
          decode(lying, damaged, base, decoded);
          assertThat(pages.mismatch(decoded)).isEqualTo(-1);
        } catch (CorruptException e) {
          assertThat(e).hasMessageContaining("byte 100");
        }
      }
    }
  }

  private ByteBuffer damaged(Encoded encoded, boolean whole) {
    ByteBuffer damaged = ByteBuffer.allocateDirect(encoded.segment().stored());
    damaged.put(encoded.stored().duplicate()).flip();
    damaged.put(random.nextInt(damaged.limit()), (byte) random.nextInt(256));
    return whole ? damaged : damaged.limit(1 + random.nextInt(damaged.limit()));
  }

  @Test
  void strangeCodecsAndLengthsAreRefused() throws IOException {
    try (MappedImage base = image("base");
        Arena arena = Arena.ofConfined()) {
      MemorySegment decoded = arena.allocate(PAGES * Page.SIZE);
      ByteBuffer stored = ByteBuffer.allocateDirect(10);
      Segment unknown = segment(10, SegmentCodec.plain(99));
      assertThatThrownBy(() -> decode(unknown, stored, base, decoded))
          .isInstanceOf(CloudletException.class)
          .hasMessageContaining("codec 99");
      Segment shorter = segment(10, SegmentCodec.plain(CodecId.PLAIN));
      assertThatThrownBy(() -> decode(shorter, stored, base, decoded))
          .isInstanceOf(CorruptException.class);
      SegmentCodec greedy =
          new SegmentCodec(
              CodecId.ZSTD, List.of(new BaseRun(0, 0, 1 << 30)), ByteBuffer.allocate(0));
      assertThatThrownBy(() -> decode(segment(10, greedy), stored, base, decoded))
          .isInstanceOf(CorruptException.class);
    }
  }

  private record Encoded(Segment segment, ByteBuffer stored) {}

  private static Encoded encode(
      Effort effort, MappedImage base, MemorySegment pages, List<BaseRun> references) {
    try (SegmentEncoder encoder = SegmentEncoder.of(effort, new BasePages(List.of(base)))) {
      ByteBuffer stored = ByteBuffer.allocateDirect(encoder.bound((int) pages.byteSize()));
      SegmentCodec codec = encoder.encode(pages, references, stored);
      stored.flip();
      return new Encoded(segment(stored.remaining(), codec), stored);
    }
  }

  private static void decode(
      Segment segment, ByteBuffer stored, MappedImage base, MemorySegment decoded)
      throws IOException {
    try (SegmentDecoder decoder = new SegmentDecoder(new BasePages(List.of(base)), "overlay")) {
      decoder.decode(segment, stored, decoded);
    }
  }

  private static Segment segment(int stored, SegmentCodec codec) {
    return new Segment(4, 100, stored, 0, PAGES, Digest.sha256(new byte[0]), codec);
  }

  /** Zeros, and eight pages of the base, one of them changed a little. */
  private static MemorySegment pagesLike(MappedImage base, Arena arena) {
    MemorySegment pages = arena.allocate(PAGES * Page.SIZE);
    MemorySegment.copy(base.segment(), 3 * Page.SIZE, pages, 0, 8 * Page.SIZE);
    pages.set(JAVA_BYTE, 77, (byte) 1);
    return pages;
  }

  private MappedImage image(String name) throws IOException {
    byte[] content = new byte[PAGES * Page.SIZE];
    random.nextBytes(content);
    return MappedImage.open(Files.write(folder.resolve(name), content));
  }
}
