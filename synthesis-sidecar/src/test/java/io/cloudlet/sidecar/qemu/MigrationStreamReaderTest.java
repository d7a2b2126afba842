package io.cloudlet.sidecar.qemu;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.cloudlet.sidecar.image.CloudletException;
import io.cloudlet.sidecar.image.CorruptException;
import java.io.IOException;
import java.lang.foreign.MemorySegment;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class MigrationStreamReaderTest {
  @Test
  void handsOverEveryPart() throws IOException {
    byte[] stream = StreamBytes.sound().bytes();

    RecordedStream seen = read(stream, stream.length);

    assertThat(seen.preamble).isEqualTo(Arrays.copyOf(stream, 23));
    assertThat(seen.blocks)
        .containsExactly(new RamBlock("pc.ram", 0x10000), new RamBlock("pc.bios", 0x4000));
    assertThat(seen.events.get(2)).startsWith("page 0 0 ");
    assertThat(seen.events).contains("fill 0 8192 0", "fill 1 0 -1");
    assertThat(seen.pagesOf(0)).containsOnlyKeys(0L, 0x1000L, 0x2000L);
    byte[] last = new byte[4096];
    new Random(3).nextBytes(last);
    assertThat(seen.pagesOf(0).get(0x1000L)).isEqualTo(last);
    assertThat(seen.deviceState.toByteArray()).isEqualTo(new StreamBytes().deviceState().bytes());
    assertThat(seen.ended).isTrue();
  }

  @ParameterizedTest
  @ValueSource(ints = {1, 10_000})
  void keepsTheSwitchoverCommandAmidMemoryWithTheDeviceState(int size) throws IOException {
    StreamBytes stream = new StreamBytes().head().ramStart();
    stream.u8(8).u32(11 << 16).section(3).endOfSection().deviceState();

    RecordedStream seen = read(stream.bytes(), size);

    assertThat(seen.deviceState.toByteArray())
        .isEqualTo(new StreamBytes().u8(8).u32(11 << 16).deviceState().bytes());
  }

  @ParameterizedTest
  @ValueSource(ints = {1, 2, 7, 4095, 4096, 4097, 10_000})
  void seesTheSameInPiecesOfAnySize(int size) throws IOException {
    byte[] stream = StreamBytes.sound().bytes();

    assertThat(read(stream, size).events).isEqualTo(read(stream, stream.length).events);
  }

  @Test
  void handsPagesOverInPlace() throws IOException {
    ByteBuffer fed = ByteBuffer.allocateDirect(1 << 16).put(StreamBytes.sound().bytes()).flip();
    MemorySegment memory = MemorySegment.ofBuffer(fed);
    List<Boolean> inPlace = new ArrayList<>();
    MigrationStreamHandler handler =
        new ForwardingHandler(new RecordedStream()) {
          @Override
          public void page(int block, long offset, MemorySegment data, long at) {
            inPlace.add(data.address() == memory.address());
          }
        };

    new MigrationStreamReader("stream", handler).feed(fed);

    assertThat(inPlace).containsExactly(true, true, true, true);
    assertThat(fed.hasRemaining()).isFalse();
  }

  @Test
  void refusesAStreamThatEndsAnywhere() throws IOException {
    byte[] stream = StreamBytes.sound().bytes();
    for (int length = 0; length < stream.length; length++) {
      RecordedStream seen = new RecordedStream();
      MigrationStreamReader reader = new MigrationStreamReader("stream", seen);
      reader.feed(ByteBuffer.wrap(stream, 0, length));

      int cut = length;
      assertThatThrownBy(reader::finish)
          .isInstanceOfSatisfying(
              CorruptException.class, e -> assertThat(e.offset()).isEqualTo(cut));
      assertThat(seen.ended).isFalse();
    }
  }

  @Test
  void refusesWhatFollowsTheEnd() {
    assertThatThrownBy(() -> read(StreamBytes.sound().u8(0).bytes(), 100))
        .hasMessageContaining("device state");
  }

  @Test
  void staysBrokenAfterAnError() {
    MigrationStreamReader reader = new MigrationStreamReader("stream", new RecordedStream());
    assertThatThrownBy(() -> reader.feed(ByteBuffer.wrap(new byte[100])))
        .isInstanceOf(CorruptException.class);

    assertThatThrownBy(() -> reader.feed(ByteBuffer.wrap(new byte[1])))
        .isInstanceOf(IllegalStateException.class);
    assertThatThrownBy(reader::finish).isInstanceOf(IllegalStateException.class);
  }

  @Test
  void passesOnWhatTheHandlerThrows() {
    IOException full = new IOException("disk full");
    MigrationStreamHandler handler =
        new ForwardingHandler(new RecordedStream()) {
          @Override
          public void fill(int block, long offset, byte value) throws IOException {
            throw full;
          }
        };
    MigrationStreamReader reader = new MigrationStreamReader("stream", handler);

    assertThatThrownBy(() -> reader.feed(ByteBuffer.wrap(StreamBytes.sound().bytes())))
        .isSameAs(full);
  }

  @Test
  void meetsAlteredStreamsWithTypedErrorsOnly() throws IOException {
    byte[] sound = StreamBytes.sound().bytes();
    Random random = new Random(20261122);
    for (int round = 0; round < 20_000; round++) {
      byte[] altered = sound.clone();
      int count = 1 + random.nextInt(3);
      for (int i = 0; i < count; i++) {
        int at = random.nextInt(10) < 8 ? structural(random) : random.nextInt(altered.length);
        altered[at] = (byte) random.nextInt();
      }
      int length = random.nextInt(4) == 0 ? random.nextInt(altered.length) : altered.length;
      try {
        read(Arrays.copyOf(altered, length), 1 + random.nextInt(9000));
      } catch (CloudletException e) {
        assertThat(e).hasMessageContaining("stream").hasMessageContaining("at byte");
      }
    }
  }

  // Most of a stream is page content, where nothing can go wrong: prefer what lies before it.
  private static int structural(Random random) {
    return random.nextInt(110);
  }

  static RecordedStream read(byte[] stream, int pieces) throws IOException {
    RecordedStream seen = new RecordedStream();
    MigrationStreamReader reader = new MigrationStreamReader("stream", seen);
    for (int at = 0; at < stream.length; at += pieces) {
      reader.feed(ByteBuffer.wrap(stream, at, Math.min(pieces, stream.length - at)));
    }
    assertThat(reader.offset()).isEqualTo(stream.length);
    reader.finish();
    return seen;
  }
}
