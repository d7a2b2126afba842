package io.cloudlet.sidecar.base;

import static java.nio.charset.StandardCharsets.US_ASCII;

import io.cloudlet.sidecar.image.CorruptException;
import io.cloudlet.sidecar.image.Digest;
import io.cloudlet.sidecar.image.MappedImage;
import java.io.IOException;
import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.channels.FileChannel;
import java.nio.channels.FileChannel.MapMode;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.Arrays;
import java.util.List;
import java.util.zip.CRC32C;

/**
 * The file of a {@link PageIndex}: a header of one page, the table, the words of {@link
 * BaseAnchors}. It is made on the machine that uses it, in its byte order; damage is told by
 * checksums and mended by building it again.
 *
 * <pre>
 *  0  magic; another one when {@link io.cloudlet.sidecar.image.Page#hash} or the anchors change
 *  8  digest of the base VM
 * 40  slots of the table, 8 bytes each
 * 48  slots that are in use
 * 56  words of anchors, 8 bytes each
 * 64  CRC-32C of all after the header
 * 68  CRC-32C of the bytes before
 * </pre>
 */
final class PageIndexFile {
  static final int HEADER = 4096;

  private static final byte[] MAGIC = "CLINDEX3".getBytes(US_ASCII);
  private static final int CHECKED = 68;
  private static final long CHECKSUM_STEP = 1L << 30;

  private PageIndexFile() {}

  /**
   * The header.
   *
   * @param content the table and the anchors, as they lie in the file
   */
  static ByteBuffer header(Digest base, MemorySegment content, long capacity, long entries) {
    ByteBuffer header = ByteBuffer.allocate(HEADER).order(ByteOrder.nativeOrder());
    header.put(MAGIC).put(base.bytes()).putLong(capacity).putLong(entries);
    header.putLong(content.byteSize() / Long.BYTES - capacity).putInt(checksum(content));
    header.putInt(checksum(MemorySegment.ofBuffer(header.duplicate().flip())));
    return header.clear();
  }

  /**
   * Maps an index.
   *
   * @throws CorruptException when it is damaged, or that of another base VM
   */
  static PageIndex open(Path path, Digest base, List<MappedImage> images) throws IOException {
    Arena arena = Arena.ofShared();
    try (FileChannel channel = FileChannel.open(path, StandardOpenOption.READ)) {
      MemorySegment file = channel.map(MapMode.READ_ONLY, 0, channel.size(), arena);
      return open(path.toString(), arena, file, base, images);
    } catch (IOException | RuntimeException | Error e) {
      arena.close();
      throw e;
    }
  }

  private static PageIndex open(
      String path, Arena arena, MemorySegment file, Digest base, List<MappedImage> images)
      throws CorruptException {
    if (file.byteSize() < HEADER) {
      throw new CorruptException(path, file.byteSize(), "the header is cut");
    }
    ByteBuffer header = file.asSlice(0, HEADER).asByteBuffer().order(ByteOrder.nativeOrder());
    if (header.getInt(CHECKED) != checksum(file.asSlice(0, CHECKED))) {
      throw new CorruptException(path, 0, "the header does not have its checksum");
    }
    byte[] start = new byte[MAGIC.length + Digest.BYTES];
    header.get(start);
    byte[] expected = ByteBuffer.allocate(start.length).put(MAGIC).put(base.bytes()).array();
    if (!Arrays.equals(start, expected)) {
      throw new CorruptException(path, 0, "this is the index of another base VM");
    }
    long capacity = header.getLong();
    long entries = header.getLong();
    long words = header.getLong();
    MemorySegment content = file.asSlice(HEADER);
    long longs = content.byteSize() / Long.BYTES;
    if (capacity <= 0
        || capacity > longs
        || content.byteSize() != (capacity + words) * Long.BYTES) {
      throw new CorruptException(
          path, HEADER, "there are not " + capacity + " slots and " + words + " words of anchors");
    }
    if (header.getInt() != checksum(content)) {
      throw new CorruptException(path, HEADER, "the tables do not have their checksum");
    }
    BaseAnchors anchors = new BaseAnchors(content.asSlice(capacity * Long.BYTES));
    MemorySegment table = content.asSlice(0, capacity * Long.BYTES);
    return new PageIndex(arena, table, entries, anchors, images);
  }

  private static int checksum(MemorySegment bytes) {
    CRC32C checksum = new CRC32C();
    for (long at = 0; at < bytes.byteSize(); at += CHECKSUM_STEP) {
      long part = Math.min(CHECKSUM_STEP, bytes.byteSize() - at);
      checksum.update(bytes.asSlice(at, part).asByteBuffer());
    }
    return (int) checksum.getValue();
  }
}
