package io.cloudlet.sidecar.qemu;

import static io.cloudlet.sidecar.qemu.StreamFormat.U64;
import static java.lang.foreign.ValueLayout.JAVA_BYTE;

import io.cloudlet.sidecar.image.CorruptException;
import io.cloudlet.sidecar.image.Page;
import java.io.IOException;
import java.lang.foreign.MemorySegment;

/**
 * Parses what lies inside the sections of guest memory: a run of records that ends with an
 * end-of-section record. Always asks for a known number of bytes and consumes exactly these.
 */
final class RamRecords {
  private enum State {
    RECORD,
    LIST_NAME_LENGTH,
    LIST_ENTRY,
    BLOCK_NAME_LENGTH,
    BLOCK_NAME,
    PAGE,
    FILL
  }

  private final MigrationStreamHandler handler;
  private final StreamErrors errors;
  private final RamBlockTable blocks;

  private State state = State.RECORD;
  private int required = Long.BYTES;
  private State content = State.PAGE;
  private long pageOffset;
  // Kept from section to section, as QEMU's own loader does.
  private int block = -1;

  RamRecords(MigrationStreamHandler handler, StreamErrors errors) {
    this.handler = handler;
    this.errors = errors;
    this.blocks = new RamBlockTable(errors);
  }

  /** Bytes that the next {@link #step} consumes. */
  int required() {
    return required;
  }

  boolean hasBlocks() {
    return blocks.complete();
  }

  /**
   * Consumes {@link #required} bytes.
   *
   * @param offset place of these bytes in the stream
   * @return whether they ended the section
   */
  boolean step(MemorySegment data, long at, long offset) throws IOException {
    switch (state) {
      case RECORD -> {
        return record(data.get(U64, at), offset);
      }
      case PAGE -> {
        handler.page(block, pageOffset, data, at);
        expect(State.RECORD, Long.BYTES);
      }
      case FILL -> {
        handler.fill(block, pageOffset, data.get(JAVA_BYTE, at));
        expect(State.RECORD, Long.BYTES);
      }
      case BLOCK_NAME_LENGTH ->
          expect(State.BLOCK_NAME, nameLength(data.get(JAVA_BYTE, at), offset));
      case BLOCK_NAME -> {
        block = blocks.find(data.asSlice(at, required), offset);
        expectContent(offset);
      }
      case LIST_NAME_LENGTH ->
          expect(State.LIST_ENTRY, nameLength(data.get(JAVA_BYTE, at), offset) + Long.BYTES);
      case LIST_ENTRY -> listEntry(data.asSlice(at, required), offset);
    }
    return false;
  }

  private boolean record(long record, long offset) throws IOException {
    long flags = record & StreamFormat.FLAGS;
    pageOffset = record & ~StreamFormat.FLAGS;
    if (flags == StreamFormat.END_OF_SECTION) {
      errors.require(pageOffset == 0, offset, "an end-of-section record carries an address");
      return true;
    }
    if (flags == StreamFormat.MEM_SIZE) {
      blocks.begin(pageOffset, offset);
      expect(State.LIST_NAME_LENGTH, 1);
      return false;
    }
    refuse(flags, offset);
    errors.require(blocks.complete(), offset, "a page comes before the list of memory blocks");
    boolean page = (flags & StreamFormat.PAGE) != 0;
    content = page ? State.PAGE : State.FILL;
    if ((flags & StreamFormat.CONTINUE) == 0) {
      expect(State.BLOCK_NAME_LENGTH, 1);
    } else {
      errors.require(block >= 0, offset, "a page continues a block, but none was named before");
      expectContent(offset);
    }
    return false;
  }

  private void refuse(long flags, long offset) throws IOException {
    long kind = flags & ~StreamFormat.CONTINUE;
    if (kind == StreamFormat.PAGE || kind == StreamFormat.FILL) {
      return;
    }
    String capability =
        (flags & StreamFormat.XBZRLE) != 0
            ? "xbzrle"
            : (flags & StreamFormat.COMPRESSED) != 0
                ? "compress"
                : (flags & StreamFormat.MULTIFD_FLUSH) != 0
                    ? "multifd"
                    : (flags & StreamFormat.HOOK) != 0 ? "rdma" : "";
    if (!capability.isEmpty()) {
      throw errors.unsupported(
          offset,
          "pages were sent with the migration capability "
              + capability
              + "; turn it off and save again");
    }
    throw errors.corrupt(offset, "no RAM record has the flags 0x" + Long.toHexString(flags));
  }

  private void listEntry(MemorySegment entry, long offset) throws IOException {
    if (blocks.add(entry, offset)) {
      handler.ramBlocks(blocks.list());
      expect(State.RECORD, Long.BYTES);
    } else {
      expect(State.LIST_NAME_LENGTH, 1);
    }
  }

  private int nameLength(byte length, long offset) throws CorruptException {
    errors.require(length != 0, offset, "a memory block has an empty name");
    return Byte.toUnsignedInt(length);
  }

  private void expectContent(long offset) throws CorruptException {
    blocks.requireInside(block, pageOffset, offset);
    expect(content, content == State.PAGE ? Page.SIZE : 1);
  }

  private void expect(State next, int bytes) {
    state = next;
    required = bytes;
  }
}
