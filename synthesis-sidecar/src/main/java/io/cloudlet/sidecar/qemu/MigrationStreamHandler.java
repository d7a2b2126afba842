package io.cloudlet.sidecar.qemu;

import java.io.IOException;
import java.lang.foreign.MemorySegment;
import java.nio.ByteBuffer;
import java.util.List;

/**
 * Takes the parts of a migration stream in their order: preamble once, blocks once, pages and
 * fills, device state in pieces, end.
 *
 * <p>Segments and buffers belong to the caller and hold their content only during the call. Calls
 * come from one thread at a time. An exception ends the stream.
 */
public interface MigrationStreamHandler {
  /**
   * The bytes before the first section: magic, version, configuration section with the machine's
   * name. To be played back unchanged.
   */
  void preamble(ByteBuffer bytes) throws IOException;

  /** The blocks of guest memory; an index into this list names a block from here on. */
  void ramBlocks(List<RamBlock> blocks) throws IOException;

  /**
   * A page of 4096 bytes.
   *
   * @param block index of its block
   * @param offset where in the block, in bytes; a multiple of the page size, below the length. The
   *     same page may come again: the last one counts
   * @param data what holds the content
   * @param at where in {@code data} the page begins
   */
  void page(int block, long offset, MemorySegment data, long at) throws IOException;

  /** A page whose bytes are all {@code value}; otherwise as {@link #page}. */
  void fill(int block, long offset, byte value) throws IOException;

  /** The next bytes of what follows guest memory, to be played back unchanged. */
  void deviceState(ByteBuffer chunk) throws IOException;

  /** The stream was whole. */
  void end() throws IOException;
}
