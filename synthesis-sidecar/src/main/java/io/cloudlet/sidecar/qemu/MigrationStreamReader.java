package io.cloudlet.sidecar.qemu;

import io.cloudlet.sidecar.image.CorruptException;
import io.cloudlet.sidecar.image.Page;
import java.io.IOException;
import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.nio.ByteBuffer;

/**
 * Parses a migration stream as it arrives, in pieces of any size, and hands its parts to a {@link
 * MigrationStreamHandler}.
 *
 * <p>Does no I/O, holds at most one page back, and copies a page only when it straddles two pieces.
 * Everything it does not know is refused: {@link CorruptException} for bytes that no QEMU writes,
 * {@link UnsupportedStreamException} for capabilities and live sections that were not asked for.
 * Both carry the offset in the stream. After an exception the reader is of no further use.
 *
 * <p>Not thread-safe.
 */
public final class MigrationStreamReader {
  private enum State {
    SECTIONS,
    DEVICE_STATE,
    ENDED,
    FAILED
  }

  private final MigrationStreamHandler handler;
  private final StreamErrors errors;
  private final StreamSections sections;
  private final DeviceStateTail tail = new DeviceStateTail();
  // Holds an item whose first bytes came in one piece and whose last are still to come. Native, as
  // what is fed usually is: handlers then see one kind of segment.
  private final MemorySegment carry = Arena.ofAuto().allocate(Page.SIZE, Long.BYTES);

  private State state = State.SECTIONS;
  private int carried;
  private long offset;

  /**
   * Begins a stream.
   *
   * @param source what to call the stream in errors
   * @param handler takes the parts
   */
  public MigrationStreamReader(String source, MigrationStreamHandler handler) {
    this.handler = handler;
    this.errors = new StreamErrors(source);
    this.sections = new StreamSections(handler, errors);
  }

  /** Bytes fed so far. */
  public long offset() {
    return offset + carried;
  }

  /**
   * Parses the remaining bytes of a buffer, all of them.
   *
   * @throws IOException when the stream is refused, or what the handler threw
   */
  public void feed(ByteBuffer buffer) throws IOException {
    MemorySegment data = MemorySegment.ofBuffer(buffer);
    try {
      parse(data);
    } catch (Throwable t) {
      state = State.FAILED;
      throw t;
    }
    buffer.position(buffer.limit());
  }

  /** Says that no more comes: the stream has to be whole. */
  public void finish() throws IOException {
    if (state == State.ENDED) {
      return;
    }
    requireUsable();
    boolean whole = state == State.DEVICE_STATE && tail.whole();
    String reached = state == State.DEVICE_STATE ? "device state" : sections.toString();
    state = State.FAILED;
    errors.require(whole, offset + carried, "the stream ends too early, in " + reached);
    handler.end();
    state = State.ENDED;
  }

  private void parse(MemorySegment data) throws IOException {
    requireUsable();
    long length = data.byteSize();
    long at = 0;
    while (at < length) {
      if (state == State.DEVICE_STATE) {
        deviceState(data, at);
        return;
      }
      int required = sections.required();
      if (carried == 0 && length - at >= required) {
        step(data, at, required);
        at += required;
      } else {
        int taken = (int) Math.min(required - carried, length - at);
        MemorySegment.copy(data, at, carry, carried, taken);
        carried += taken;
        at += taken;
        if (carried == required) {
          carried = 0;
          step(carry, 0, required);
        }
      }
    }
  }

  private void step(MemorySegment data, long at, int length) throws IOException {
    if (sections.step(data, at, offset)) {
      state = State.DEVICE_STATE;
      byte[] early = sections.early();
      if (early.length > 0) {
        handler.deviceState(ByteBuffer.wrap(early));
      }
    }
    offset += length;
  }

  private void deviceState(MemorySegment data, long at) throws IOException {
    long length = data.byteSize() - at;
    tail.update(data, at, data.byteSize());
    handler.deviceState(data.asSlice(at).asByteBuffer());
    offset += length;
  }

  private void requireUsable() {
    if (state == State.ENDED || state == State.FAILED) {
      throw new IllegalStateException("the stream has " + state);
    }
  }
}
