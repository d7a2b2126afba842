package io.cloudlet.sidecar.qemu;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.cloudlet.sidecar.image.Page;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.lang.foreign.MemorySegment;
import java.nio.ByteBuffer;
import java.nio.channels.Channels;
import java.nio.channels.WritableByteChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class MigrationStreamWriterTest {
  private final ByteArrayOutputStream out = new ByteArrayOutputStream();

  @Test
  void writesWhatTheReaderReads() throws IOException {
    byte[] stream = StreamBytes.sound().bytes();
    try (MigrationStreamWriter writer = new MigrationStreamWriter(Channels.newChannel(out))) {
      MigrationStreamReader reader = new MigrationStreamReader("stream", writer);
      reader.feed(ByteBuffer.wrap(stream));
      reader.finish();

      assertThat(writer.length()).isEqualTo(out.size());
    }

    assertThat(read(out.toByteArray()).events).isEqualTo(read(stream).events);
  }

  @Test
  void writesMoreThanItsBufferHolds() throws IOException {
    List<RamBlock> blocks = List.of(new RamBlock("a", 1 << 24), new RamBlock("b", 1 << 24));
    Random random = new Random(7);
    RecordedStream expected = new RecordedStream();
    MemorySegment data = MemorySegment.ofArray(new byte[Page.SIZE * 3]);
    try (MigrationStreamWriter writer = new MigrationStreamWriter(partial())) {
      begin(writer, blocks);
      for (int i = 0; i < 2000; i++) {
        random.nextBytes(data.asByteBuffer().array());
        int block = random.nextInt(2);
        long offset = (long) random.nextInt(1 << 12) << Page.SHIFT;
        writer.page(block, offset, data, 5);
        expected.page(block, offset, data, 5);
      }
      writer.deviceState(ByteBuffer.wrap(new StreamBytes().deviceState().bytes()));
      writer.end();
    }

    RecordedStream seen = read(out.toByteArray());
    assertThat(seen.blocks).isEqualTo(blocks);
    assertThat(seen.events.subList(2, 2002)).isEqualTo(expected.events);
  }

  @Test
  void refusesCallsOutOfOrder() throws IOException {
    List<RamBlock> blocks = List.of(new RamBlock("a", 4096));
    try (MigrationStreamWriter writer = new MigrationStreamWriter(Channels.newChannel(out))) {
      assertThatThrownBy(() -> writer.ramBlocks(blocks)).hasMessageContaining("PREAMBLE");
      assertThatThrownBy(writer::end).hasMessageContaining("DEVICE_STATE");
      begin(writer, blocks);
      assertThatThrownBy(writer::end).hasMessageContaining("DEVICE_STATE");
      assertThatThrownBy(() -> writer.fill(0, 4096, (byte) 0))
          .isInstanceOf(IllegalArgumentException.class);
      assertThatThrownBy(() -> writer.fill(0, 1, (byte) 0))
          .isInstanceOf(IllegalArgumentException.class);
      writer.deviceState(ByteBuffer.allocate(1));
      assertThatThrownBy(() -> writer.fill(0, 0, (byte) 0)).hasMessageContaining("RAM");
    }
  }

  @Test
  void readsAStreamFromAFile(@TempDir Path folder) throws IOException {
    Path path = Files.write(folder.resolve("stream"), StreamBytes.sound().bytes());
    try (MigrationStreamFile file = MigrationStreamFile.open(path)) {
      for (int round = 0; round < 2; round++) {
        RecordedStream seen = new RecordedStream();
        file.read(seen);
        assertThat(seen.events).isEqualTo(read(StreamBytes.sound().bytes()).events);
      }
    }
  }

  @Test
  void namesTheFileInErrors(@TempDir Path folder) throws IOException {
    Path empty = Files.createFile(folder.resolve("empty"));
    try (MigrationStreamFile file = MigrationStreamFile.open(empty)) {
      assertThatThrownBy(() -> file.read(new RecordedStream()))
          .hasMessageContaining(empty + " is corrupt at byte 0: the stream ends too early");
    }
  }

  /** Takes a part of what is offered, as a socket may. */
  private WritableByteChannel partial() {
    WritableByteChannel all = Channels.newChannel(out);
    return new WritableByteChannel() {
      @Override
      public int write(ByteBuffer source) throws IOException {
        int count = Math.min(source.remaining(), 1 + source.remaining() / 2);
        ByteBuffer part = source.slice(source.position(), count);
        source.position(source.position() + count);
        return all.write(part);
      }

      @Override
      public boolean isOpen() {
        return true;
      }

      @Override
      public void close() {}
    };
  }

  private static void begin(MigrationStreamWriter writer, List<RamBlock> blocks)
      throws IOException {
    writer.preamble(ByteBuffer.wrap(new StreamBytes().head().bytes()));
    writer.ramBlocks(blocks);
  }

  private static RecordedStream read(byte[] stream) throws IOException {
    return MigrationStreamReaderTest.read(stream, stream.length);
  }
}
