package io.cloudlet.sidecar.codec;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.cloudlet.sidecar.image.CorruptException;
import io.cloudlet.sidecar.image.Digest;
import io.cloudlet.sidecar.image.Page;
import io.cloudlet.sidecar.image.PageSource;
import io.cloudlet.sidecar.overlay.BaseRun;
import io.cloudlet.sidecar.overlay.Effort;
import io.cloudlet.sidecar.overlay.Segment;
import io.cloudlet.sidecar.overlay.SegmentCodec;
import java.io.IOException;
import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.nio.ByteBuffer;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class SegmentEncoderTest {
  private static final int PAGES = 40;
  private static final List<BaseRun> REFERENCES = List.of(new BaseRun(0, 3, 10));

  private final Random random = new Random(5);
  private final byte[] baseBytes = noise(16);

  @ParameterizedTest
  @EnumSource(Effort.class)
  void pagesComeBackWithReferencesAndWithout(Effort effort) throws IOException {
    byte[] pages = noise(PAGES);
    // At no page boundary of either.
    System.arraycopy(baseBytes, 3 * Page.SIZE + 77, pages, 1234, 9 * Page.SIZE);
    Encoded alone = encode(effort, pages, List.of());
    Encoded referring = encode(effort, pages, REFERENCES);
    assertThat(decode(alone, baseBytes)).isEqualTo(pages);
    assertThat(decode(referring, baseBytes)).isEqualTo(pages);
    assertThat(referring.stored().remaining())
        .isLessThan(alone.stored().remaining() - 8 * Page.SIZE);
  }

  @ParameterizedTest
  @EnumSource(Effort.class)
  void anEncoderIsUsedAgain(Effort effort) throws IOException {
    byte[] pages = new byte[PAGES * Page.SIZE];
    System.arraycopy(baseBytes, 4 * Page.SIZE, pages, 0, Page.SIZE);
    Encoded first = encode(effort, pages, REFERENCES);
    assertThat(decode(first, baseBytes)).isEqualTo(pages);
    assertThat(encode(effort, pages, REFERENCES).stored()).isEqualTo(first.stored());
  }

  @Test
  void anotherBaseIsFound() {
    byte[] pages = new byte[PAGES * Page.SIZE];
    System.arraycopy(baseBytes, 3 * Page.SIZE + 77, pages, 1234, 9 * Page.SIZE);
    Encoded referring = encode(Effort.BALANCED, pages, REFERENCES);
    byte[] other = baseBytes.clone();
    other[5 * Page.SIZE]++;
    assertThatThrownBy(() -> decode(referring, other))
        .isInstanceOf(CorruptException.class)
        .hasMessageContaining("the base is another");
  }

  @Test
  void noiseIsStoredAsItIs() throws IOException {
    byte[] pages = noise(2);
    Encoded encoded = encode(Effort.BALANCED, pages, List.of());
    assertThat(encoded.stored().remaining()).isEqualTo(pages.length);
    assertThat(decode(encoded, baseBytes)).isEqualTo(pages);
  }

  private record Encoded(ByteBuffer stored, SegmentCodec codec, int pages) {}

  private Encoded encode(Effort effort, byte[] pages, List<BaseRun> references) {
    try (SegmentEncoder encoder = SegmentEncoder.of(effort, base(baseBytes))) {
      ByteBuffer stored = ByteBuffer.allocateDirect(encoder.bound(pages.length));
      SegmentCodec codec = encoder.encode(direct(pages), references, stored);
      return new Encoded(stored.flip(), codec, pages.length / Page.SIZE);
    }
  }

  private static byte[] decode(Encoded encoded, byte[] base) throws IOException {
    ByteBuffer stored = encoded.stored();
    Digest digest = Digest.sha256(stored);
    Segment segment =
        new Segment(0, 16, stored.remaining(), 0, encoded.pages(), digest, encoded.codec());
    MemorySegment pages = direct(new byte[encoded.pages() * Page.SIZE]);
    try (SegmentDecoder decoder = new SegmentDecoder(base(base), "overlay")) {
      decoder.decode(segment, stored, pages);
    }
    return pages.toArray(ValueLayout.JAVA_BYTE);
  }

  private byte[] noise(int pages) {
    byte[] bytes = new byte[pages * Page.SIZE];
    random.nextBytes(bytes);
    return bytes;
  }

  private static MemorySegment direct(byte[] bytes) {
    return Arena.ofAuto().allocate(bytes.length).copyFrom(MemorySegment.ofArray(bytes));
  }

  private static BasePages base(byte[] bytes) {
    return new BasePages(List.of(new Flat(direct(bytes))));
  }

  private record Flat(MemorySegment segment) implements PageSource {
    @Override
    public long length() {
      return segment.byteSize();
    }

    @Override
    public long offsetOf(long page) {
      return page << Page.SHIFT;
    }

    @Override
    public void close() {}
  }
}
