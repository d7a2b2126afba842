package io.cloudlet.sidecar.codec;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.cloudlet.sidecar.image.CorruptException;
import io.cloudlet.sidecar.image.Digest;
import io.cloudlet.sidecar.image.Page;
import io.cloudlet.sidecar.overlay.Effort;
import io.cloudlet.sidecar.overlay.Segment;
import io.cloudlet.sidecar.overlay.SegmentCodec;
import java.io.IOException;
import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.nio.ByteBuffer;
import java.util.BitSet;
import java.util.HexFormat;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class FilteredSegmentTest {
  private static final int EACH = 20;
  private static final int PAGES = 4 * EACH;
  private static final BasePages NO_BASE = new BasePages(List.of());

  @Test
  void filteredPagesComeBackFromFewerBytes() throws IOException {
    try (Arena arena = Arena.ofConfined()) {
      BitSet all = new BitSet();
      all.set(0, PAGES);
      Encoded plain = encode(samples(arena), List.of());
      Encoded filtered = encode(samples(arena), new FilterChoice().choose(samples(arena), all));
      assertThat(plain.codec().id()).isEqualTo(CodecId.ZSTD);
      assertThat(filtered.codec().id()).isEqualTo(CodecId.ZSTD_FILTERED);
      assertThat(filtered.stored().remaining()).isLessThan(plain.stored().remaining() * 97 / 100);
      assertThat(decode(filtered, filtered.codec(), arena).mismatch(samples(arena))).isEqualTo(-1);
    }
  }

  @Test
  void anyRunsComeBack() throws IOException {
    Random random = new Random(8);
    for (int round = 0; round < 20; round++) {
      try (Arena arena = Arena.ofConfined()) {
        Encoded encoded = encode(samples(arena), FilterTableTest.runs(random, PAGES));
        assertThat(decode(encoded, encoded.codec(), arena).mismatch(samples(arena))).isEqualTo(-1);
      }
    }
  }

  @Test
  void noiseIsStoredAsItWas() throws IOException {
    try (Arena arena = Arena.ofConfined()) {
      MemorySegment noise = samples(arena).asSlice(2 * EACH * Page.SIZE, EACH * Page.SIZE);
      MemorySegment given = arena.allocate(noise.byteSize()).copyFrom(noise);
      Encoded encoded = encode(given, List.of(new FilterRun(PageFilter.COLUMNS, 0, EACH)));
      assertThat(encoded.codec().id()).isEqualTo(CodecId.PLAIN);
      assertThat(MemorySegment.ofBuffer(encoded.stored()).mismatch(noise)).isEqualTo(-1);
    }
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "", // no number of runs
        "01", // no run
        "ffffffff0f", // more runs than bytes
        "0150a001", // behind the last page
        "01004fff", // more bytes than runs
        "0100a001", // more pages than the segment
        "0151", // begins behind the segment
        "0300000000000000", // bytes are left
        "0100ffffffffffffffff7f", // pages beyond any number
      })
  void hostileRunsAreRefused(String parameters) {
    try (Arena arena = Arena.ofConfined()) {
      Encoded encoded = encode(samples(arena), List.of());
      ByteBuffer lying = ByteBuffer.wrap(HexFormat.of().parseHex(parameters));
      SegmentCodec codec = new SegmentCodec(CodecId.ZSTD_FILTERED, List.of(), lying);
      assertThatThrownBy(() -> decode(encoded, codec, arena))
          .isInstanceOf(CorruptException.class)
          .hasMessageContaining("filters of segment 7")
          .hasMessageContaining("byte 100");
    }
  }

  /** Lies that are well-formed give other pages, or an error, and nothing else. */
  @Test
  void randomParametersAreRefusedOrUsed() {
    Random random = new Random(9);
    try (Arena arena = Arena.ofConfined()) {
      Encoded encoded = encode(samples(arena), List.of());
      for (int round = 0; round < 2000; round++) {
        byte[] parameters = new byte[1 + random.nextInt(12)];
        random.nextBytes(parameters);
        parameters[0] &= 7;
        SegmentCodec codec =
            new SegmentCodec(CodecId.ZSTD_FILTERED, List.of(), ByteBuffer.wrap(parameters));
        try (Arena own = Arena.ofConfined()) {
          assertThat(decode(encoded, codec, own).byteSize()).isEqualTo((long) PAGES * Page.SIZE);
        } catch (IOException e) {
          assertThat(e).isInstanceOf(CorruptException.class);
        }
      }
    }
  }

  private record Encoded(ByteBuffer stored, SegmentCodec codec, int pages) {}

  private static MemorySegment samples(Arena arena) {
    return FilterSamples.pages(EACH, arena);
  }

  private static Encoded encode(MemorySegment pages, List<FilterRun> filters) {
    try (SegmentEncoder encoder = SegmentEncoder.of(Effort.BALANCED, NO_BASE)) {
      int bytes = (int) pages.byteSize();
      ByteBuffer stored = ByteBuffer.allocateDirect(encoder.bound(bytes));
      SegmentCodec codec = encoder.encode(pages, List.of(), filters, stored);
      return new Encoded(stored.flip(), codec, bytes / Page.SIZE);
    }
  }

  private static MemorySegment decode(Encoded encoded, SegmentCodec codec, Arena arena)
      throws IOException {
    ByteBuffer stored = encoded.stored();
    Digest digest = Digest.sha256(stored);
    Segment segment = new Segment(7, 100, stored.remaining(), 0, encoded.pages(), digest, codec);
    MemorySegment pages = arena.allocate((long) encoded.pages() * Page.SIZE);
    try (SegmentDecoder decoder = new SegmentDecoder(NO_BASE, "overlay")) {
      decoder.decode(segment, stored, pages);
    }
    return pages;
  }
}
