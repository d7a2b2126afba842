package io.cloudlet.sidecar.delta;

import static java.lang.foreign.ValueLayout.JAVA_BYTE;
import static java.lang.foreign.ValueLayout.JAVA_LONG_UNALIGNED;

import io.cloudlet.sidecar.image.Page;
import io.cloudlet.sidecar.qemu.MigrationStreamHandler;
import io.cloudlet.sidecar.qemu.RamBlock;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.List;
import java.util.Optional;

/**
 * Describes the bytes of a mapped stream, front to back, by steps.
 *
 * <p>What the handler hears are hints only: a step other than a literal is taken when the bytes of
 * the stream are those that the step will produce, so the description is exact whatever comes.
 */
final class StreamLayoutRecorder implements MigrationStreamHandler {
  /** Tells whether a page of a block, in the end, holds these bytes. */
  @FunctionalInterface
  interface FinalContent {
    boolean holds(int block, long page, MemorySegment data, long at);
  }

  private static final ValueLayout.OfLong RECORD =
      JAVA_LONG_UNALIGNED.withOrder(ByteOrder.BIG_ENDIAN);
  private static final int FILL_LENGTH = Long.BYTES + 1;

  /** Between two records lie at most a footer, a section's head and a block's name. */
  private static final int FARTHEST_RECORD = 600;

  private final MemorySegment stream;
  private final FinalContent content;
  private final StreamLayoutBuilder out = new StreamLayoutBuilder();
  private long start;

  /** All bytes before this have been described. */
  private long done;

  private long end = -1;

  StreamLayoutRecorder(MemorySegment stream, FinalContent content) {
    this.stream = stream;
    this.content = content;
  }

  /** The description, unless it had to repeat too much of the stream. */
  Optional<StreamLayoutBuilder> result() {
    return end >= 0 && !out.overflow() ? Optional.of(out) : Optional.empty();
  }

  /** Bytes that the description covers. */
  long length() {
    return end - start;
  }

  @Override
  public void preamble(ByteBuffer bytes) {
    start = bytes.remaining();
    done = start;
  }

  @Override
  public void ramBlocks(List<RamBlock> blocks) {}

  @Override
  public void page(int block, long offset, MemorySegment data, long at) {
    long place = data.address() + at - stream.address();
    boolean inStream = place >= done && place <= stream.byteSize() - Page.SIZE;
    long page = offset >>> Page.SHIFT;
    if (out.overflow() || !inStream || !content.holds(block, page, data, at)) {
      return;
    }
    long record = place - Long.BYTES;
    if (record >= done && stream.get(RECORD, record) == (offset | StreamStep.PAGE_RECORD)) {
      out.literal(stream, done, record);
      out.page(StreamStep.PAGES, block, page);
    } else {
      out.literal(stream, done, place);
      out.page(StreamStep.CONTENT, block, page);
    }
    done = place + Page.SIZE;
  }

  @Override
  public void fill(int block, long offset, byte value) {
    if (out.overflow() || value != 0) {
      return;
    }
    long last = Math.min(done + FARTHEST_RECORD, stream.byteSize() - FILL_LENGTH);
    for (long at = done; at <= last; at++) {
      if (stream.get(RECORD, at) == (offset | StreamStep.FILL_RECORD)
          && stream.get(JAVA_BYTE, at + Long.BYTES) == 0) {
        out.literal(stream, done, at);
        out.page(StreamStep.ZEROS, block, offset >>> Page.SHIFT);
        done = at + FILL_LENGTH;
        return;
      }
    }
  }

  @Override
  public void deviceState(ByteBuffer chunk) {
    if (end >= 0) {
      return;
    }
    long place = MemorySegment.ofBuffer(chunk).address() - stream.address();
    end = place;
    out.literal(stream, done, place);
  }

  @Override
  public void end() {}
}
