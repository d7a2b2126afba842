package io.cloudlet.sidecar.qemu;

import static io.cloudlet.sidecar.qemu.StreamFormat.U16;
import static io.cloudlet.sidecar.qemu.StreamFormat.U32;
import static java.lang.foreign.ValueLayout.JAVA_BYTE;

import io.cloudlet.sidecar.image.CorruptException;
import java.io.IOException;
import java.lang.foreign.MemorySegment;
import java.nio.ByteBuffer;

/**
 * Parses a stream's head and the sections around guest memory. Always asks for a known number of
 * bytes, at most a page, and consumes exactly these.
 */
final class StreamSections {
  private enum State {
    HEADER,
    SECTION_TYPE,
    CONFIGURATION_LENGTH,
    CONFIGURATION_NAME,
    SUBSECTION_NAME_LENGTH,
    SUBSECTION_NAME,
    SECTION_NAME_LENGTH,
    SECTION_NAME,
    SECTION_ID,
    COMMAND,
    RAM,
    FOOTER
  }

  private static final int HEADER_LENGTH = 8;
  private static final int MAX_CONFIGURATION = 255;

  private final MigrationStreamHandler handler;
  private final StreamErrors errors;
  private final RamRecords ram;
  private final ByteBuffer preamble = ByteBuffer.allocate(HEADER_LENGTH + 5 + MAX_CONFIGURATION);

  private State state = State.HEADER;
  private int required = HEADER_LENGTH;
  private long offset;
  private byte sectionType;
  private int sectionId;
  private int ramId;
  private boolean switchover;

  StreamSections(MigrationStreamHandler handler, StreamErrors errors) {
    this.handler = handler;
    this.errors = errors;
    this.ram = new RamRecords(handler, errors);
  }

  /** Bytes that the next {@link #step} consumes. */
  int required() {
    return required;
  }

  /**
   * What came amid guest memory and belongs to the device state: played back before it, it has the
   * same effect.
   */
  byte[] early() {
    return switchover
        ? new byte[] {StreamFormat.COMMAND, 0, StreamFormat.SWITCHOVER_START, 0, 0}
        : new byte[0];
  }

  @Override
  public String toString() {
    return state.toString();
  }

  /**
   * Consumes {@link #required} bytes.
   *
   * @param place where these bytes lie in the stream
   * @return whether they ended guest memory, so that device state follows
   */
  boolean step(MemorySegment data, long at, long place) throws IOException {
    offset = place;
    switch (state) {
      case RAM -> ram(data, at);
      case HEADER -> header(data, at);
      case SECTION_TYPE -> sectionType(data.get(JAVA_BYTE, at));
      case CONFIGURATION_LENGTH -> configurationLength(data, at);
      case CONFIGURATION_NAME -> {
        keep(data, at);
        expect(State.SECTION_TYPE, 1);
      }
      case SUBSECTION_NAME_LENGTH -> expect(State.SUBSECTION_NAME, named(data, at));
      case SUBSECTION_NAME ->
          throw errors.unsupported(
              offset,
              "the configuration has the subsection "
                  + text(data, at, required)
                  + "; save again with the default migration capabilities");
      case SECTION_NAME_LENGTH -> {
        sectionId = data.get(U32, at);
        expect(State.SECTION_NAME, named(data, at + 4) + 8);
      }
      case SECTION_NAME -> sectionName(data, at);
      case SECTION_ID -> sectionId(data.get(U32, at));
      case COMMAND -> command(data.get(U16, at), data.get(U16, at + 2));
      case FOOTER -> {
        footer(data, at);
        return sectionType == StreamFormat.SECTION_END;
      }
    }
    return false;
  }

  private void header(MemorySegment data, long at) throws IOException {
    int magic = data.get(U32, at);
    int version = data.get(U32, at + 4);
    errors.require(magic == StreamFormat.MAGIC, 0, "no migration stream of QEMU begins like this");
    if (version != StreamFormat.VERSION) {
      throw errors.unsupported(4, "version " + Integer.toUnsignedLong(version) + " of the stream");
    }
    keep(data, at);
    expect(State.SECTION_TYPE, 1);
  }

  private void sectionType(byte type) throws IOException {
    sectionType = type;
    switch (type) {
      case StreamFormat.CONFIGURATION -> {
        errors.require(
            preamble.position() == HEADER_LENGTH, offset, "a configuration section out of place");
        preamble.put(type);
        expect(State.CONFIGURATION_LENGTH, 4);
      }
      case StreamFormat.SUBSECTION -> expect(State.SUBSECTION_NAME_LENGTH, 1);
      case StreamFormat.SECTION_START, StreamFormat.SECTION_FULL ->
          expect(State.SECTION_NAME_LENGTH, 5);
      case StreamFormat.SECTION_PART, StreamFormat.SECTION_END -> expect(State.SECTION_ID, 4);
      case StreamFormat.COMMAND -> expect(State.COMMAND, 4);
      default ->
          throw errors.corrupt(offset, "no section of type " + (type & 0xff) + " belongs here");
    }
  }

  private void command(short command, short length) throws IOException {
    if (command != StreamFormat.SWITCHOVER_START || length != 0) {
      throw errors.unsupported(
          offset,
          "command "
              + Short.toUnsignedInt(command)
              + " comes before the end of guest memory; save again without post-copy and return"
              + " path");
    }
    errors.require(ram.hasBlocks() && !switchover, offset, "the switchover starts out of place");
    switchover = true;
    expect(State.SECTION_TYPE, 1);
  }

  private void configurationLength(MemorySegment data, long at) throws CorruptException {
    int length = data.get(U32, at);
    errors.require(
        length > 0 && length <= MAX_CONFIGURATION,
        offset,
        "the machine's name has " + Integer.toUnsignedLong(length) + " bytes");
    keep(data, at);
    expect(State.CONFIGURATION_NAME, length);
  }

  private void sectionName(MemorySegment data, long at) throws IOException {
    int nameLength = required - 8;
    String name = text(data, at, nameLength);
    long version = Integer.toUnsignedLong(data.get(U32, at + nameLength + 4));
    if (!name.equals(StreamFormat.RAM_SECTION)) {
      String kind = sectionType == StreamFormat.SECTION_START ? "the live section " : "section ";
      throw errors.unsupported(
          offset,
          kind + name + " comes before the end of guest memory; remove its device or capability");
    }
    errors.require(
        sectionType == StreamFormat.SECTION_START && !ram.hasBlocks(),
        offset,
        "guest memory begins a second time");
    if (version != StreamFormat.RAM_VERSION) {
      throw errors.unsupported(offset, "version " + version + " of guest memory");
    }
    ramId = sectionId;
    handler.preamble(preamble.flip().asReadOnlyBuffer());
    expect(State.RAM, ram.required());
  }

  private void sectionId(int id) throws CorruptException {
    errors.require(ram.hasBlocks() && id == ramId, offset, "section " + id + " was never begun");
    expect(State.RAM, ram.required());
  }

  private void ram(MemorySegment data, long at) throws IOException {
    boolean ended = ram.step(data, at, offset);
    required = ram.required();
    if (ended) {
      errors.require(ram.hasBlocks(), offset, "guest memory has no list of blocks");
      expect(State.FOOTER, 5);
    }
  }

  private void footer(MemorySegment data, long at) throws CorruptException {
    errors.require(
        data.get(JAVA_BYTE, at) == StreamFormat.FOOTER && data.get(U32, at + 1) == ramId,
        offset,
        "the footer of guest memory is missing");
    expect(State.SECTION_TYPE, 1);
  }

  private int named(MemorySegment data, long at) throws CorruptException {
    int length = Byte.toUnsignedInt(data.get(JAVA_BYTE, at));
    errors.require(length > 0, offset, "a section has an empty name");
    return length;
  }

  private void keep(MemorySegment data, long at) {
    preamble.put(data.asSlice(at, required).asByteBuffer());
  }

  private static String text(MemorySegment data, long at, int length) {
    return RamBlockTable.printable(RamBlockTable.name(data.asSlice(at, length)));
  }

  private void expect(State next, int bytes) {
    state = next;
    required = bytes;
  }
}
