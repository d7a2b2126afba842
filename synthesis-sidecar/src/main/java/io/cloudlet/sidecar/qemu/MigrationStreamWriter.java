package io.cloudlet.sidecar.qemu;

import io.cloudlet.sidecar.image.Page;
import java.io.IOException;
import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.nio.ByteBuffer;
import java.nio.channels.WritableByteChannel;
import java.nio.charset.StandardCharsets;
import java.util.List;

/**
 * Writes a migration stream that QEMU loads: takes the parts in the order of {@link
 * MigrationStreamHandler}, pages in any order and as many as wanted. Pages that are not written
 * keep what the destination's memory holds.
 *
 * <p>Owns a buffer of native memory until {@link #close}; the channel belongs to the caller, has to
 * be blocking, and holds the whole stream only after {@link #end}. Not thread-safe.
 */
public final class MigrationStreamWriter implements MigrationStreamHandler, AutoCloseable {
  private static final int BUFFER = 1 << 20;
  // QEMU's own saver gives guest memory this number; any other would do.
  private static final int RAM_ID = 2;
  // Longest thing that is put without asking for room again: u64, name, page.
  private static final int MAX_ITEM = Long.BYTES + 256 + Page.SIZE;

  private enum State {
    PREAMBLE,
    BLOCKS,
    RAM,
    DEVICE_STATE,
    ENDED
  }

  private final WritableByteChannel out;
  private final Arena arena = Arena.ofShared();
  private final MemorySegment memory = arena.allocate(BUFFER, Page.SIZE);
  private final ByteBuffer buffer = memory.asByteBuffer();

  private State state = State.PREAMBLE;
  private List<RamBlock> blocks = List.of();
  private int lastBlock = -1;
  private long flushed;

  /** Writes to a channel that the caller owns. */
  public MigrationStreamWriter(WritableByteChannel out) {
    this.out = out;
  }

  /** Bytes of the stream so far. */
  public long length() {
    return flushed + buffer.position();
  }

  @Override
  public void preamble(ByteBuffer bytes) throws IOException {
    advance(State.PREAMBLE, State.BLOCKS);
    putAll(bytes.duplicate());
  }

  @Override
  public void ramBlocks(List<RamBlock> list) throws IOException {
    advance(State.BLOCKS, State.RAM);
    blocks = List.copyOf(list);
    room();
    buffer.put(StreamFormat.SECTION_START).putInt(RAM_ID);
    putName(StreamFormat.RAM_SECTION);
    buffer.putInt(0).putInt(StreamFormat.RAM_VERSION);
    buffer.putLong(blocks.stream().mapToLong(RamBlock::length).sum() | StreamFormat.MEM_SIZE);
    for (RamBlock block : blocks) {
      room();
      putName(block.name());
      buffer.putLong(block.length());
    }
    endSection();
    beginSection(StreamFormat.SECTION_PART);
  }

  @Override
  public void page(int block, long offset, MemorySegment data, long at) throws IOException {
    record(block, offset, StreamFormat.PAGE);
    MemorySegment.copy(data, at, memory, buffer.position(), Page.SIZE);
    buffer.position(buffer.position() + Page.SIZE);
  }

  @Override
  public void fill(int block, long offset, byte value) throws IOException {
    record(block, offset, StreamFormat.FILL);
    buffer.put(value);
  }

  @Override
  public void deviceState(ByteBuffer chunk) throws IOException {
    if (state == State.RAM) {
      endSection();
      beginSection(StreamFormat.SECTION_END);
      endSection();
      advance(State.RAM, State.DEVICE_STATE);
    }
    advance(State.DEVICE_STATE, State.DEVICE_STATE);
    putAll(chunk.duplicate());
  }

  /** Writes out what is still buffered. */
  @Override
  public void end() throws IOException {
    advance(State.DEVICE_STATE, State.ENDED);
    flush();
  }

  /** Gives the buffer back; what was not ended stays incomplete. */
  @Override
  public void close() {
    arena.close();
  }

  private void record(int block, long offset, long flag) throws IOException {
    advance(State.RAM, State.RAM);
    if (offset < 0 || offset >= blocks.get(block).length() || offset % Page.SIZE != 0) {
      throw new IllegalArgumentException(blocks.get(block) + " has no page at " + offset);
    }
    room();
    if (block == lastBlock) {
      buffer.putLong(offset | flag | StreamFormat.CONTINUE);
    } else {
      buffer.putLong(offset | flag);
      putName(blocks.get(block).name());
      lastBlock = block;
    }
  }

  private void beginSection(byte type) throws IOException {
    room();
    buffer.put(type).putInt(RAM_ID);
    lastBlock = -1;
  }

  private void endSection() throws IOException {
    room();
    buffer.putLong(StreamFormat.END_OF_SECTION).put(StreamFormat.FOOTER).putInt(RAM_ID);
  }

  private void putName(String name) {
    buffer.put((byte) name.length()).put(name.getBytes(StandardCharsets.US_ASCII));
  }

  private void putAll(ByteBuffer bytes) throws IOException {
    while (bytes.hasRemaining()) {
      room();
      int count = Math.min(bytes.remaining(), buffer.remaining());
      buffer.put(bytes.slice(bytes.position(), count));
      bytes.position(bytes.position() + count);
    }
  }

  private void room() throws IOException {
    if (buffer.remaining() < MAX_ITEM) {
      flush();
    }
  }

  private void flush() throws IOException {
    flushed += buffer.position();
    buffer.flip();
    while (buffer.hasRemaining()) {
      out.write(buffer);
    }
    buffer.clear();
  }

  private void advance(State from, State to) {
    if (state != from) {
      throw new IllegalStateException("expected in state " + from + ", not " + state);
    }
    state = to;
  }
}
