package io.cloudlet.sidecar.image;

import static java.lang.foreign.ValueLayout.JAVA_BYTE;
import static java.lang.foreign.ValueLayout.JAVA_INT_UNALIGNED;
import static java.lang.foreign.ValueLayout.JAVA_LONG_UNALIGNED;
import static java.nio.charset.StandardCharsets.UTF_8;

import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.nio.ByteOrder;
import java.util.Optional;

/**
 * What the first cluster of a qcow2 file says, checked against the file's length.
 *
 * <p>Offsets and meanings are those of docs/interop/qcow2.txt in QEMU's sources.
 *
 * @param length bytes of the virtual disk
 * @param clusterBits binary logarithm of the cluster size, 12 to 21
 * @param extendedL2 whether L2 entries are 16 bytes with a bitmap of 32 subclusters
 * @param zeroFlag whether bit 0 of an L2 entry says "reads as zeros"
 * @param l1Offset where the active L1 table begins, in bytes
 * @param backingFile the name of the image below, as QEMU would open it
 */
record Qcow2Header(
    long length,
    int clusterBits,
    boolean extendedL2,
    boolean zeroFlag,
    long l1Offset,
    Optional<String> backingFile) {
  static final ValueLayout.OfLong LONG = JAVA_LONG_UNALIGNED.withOrder(ByteOrder.BIG_ENDIAN);
  static final ValueLayout.OfInt INT = JAVA_INT_UNALIGNED.withOrder(ByteOrder.BIG_ENDIAN);

  static final int MAGIC = 0x514649fb;
  static final int V2_BYTES = 72;
  static final int V3_BYTES = 104;
  static final int SUBCLUSTERS = 32;
  static final int INCOMPATIBLE_AT = 72;
  static final int INCOMPATIBLE_EXTENDED_L2 = 1 << 4;

  private static final int DIRTY = 1;
  private static final int CORRUPT = 1 << 1;
  private static final int EXTERNAL_DATA = 1 << 2;
  private static final int COMPRESSION_TYPE = 1 << 3;

  /** QEMU's own limit: 32 MiB of L1 table. */
  private static final long MAX_L1_ENTRIES = 4L << 20;

  private static final int MAX_BACKING_NAME = 1023;

  static Qcow2Header read(String file, MemorySegment bytes, long fileLength)
      throws CloudletException {
    if (fileLength < V2_BYTES || bytes.get(INT, 0) != MAGIC) {
      throw new CorruptException(file, 0, "no qcow2 file begins like this");
    }
    int version = bytes.get(INT, 4);
    if (version != 2 && version != 3) {
      throw new TooNewException(file, Integer.toUnsignedLong(version), 3);
    }
    if (bytes.get(INT, 32) != 0) {
      throw new UnsupportedQcow2Exception(file, "is encrypted");
    }
    long features = version == 2 ? 0 : incompatibleFeatures(file, bytes, fileLength);
    boolean extended = (features & INCOMPATIBLE_EXTENDED_L2) != 0;
    int clusterBits = clusterBits(file, bytes.get(INT, 20), extended);
    long length = bytes.get(LONG, 24);
    long l1Offset = l1Offset(file, bytes, fileLength, length, clusterBits, extended);
    return new Qcow2Header(
        length,
        clusterBits,
        extended,
        version == 3,
        l1Offset,
        backingFile(file, bytes, fileLength));
  }

  long clusterSize() {
    return 1L << clusterBits;
  }

  int entryShift() {
    return extendedL2 ? 4 : 3;
  }

  /** Binary logarithm of the entries of an L2 table, which fills one cluster. */
  int l2Bits() {
    return clusterBits - entryShift();
  }

  /** Entries of the L1 table that the virtual disk needs. */
  int l1Entries() {
    return (int) l1Entries(length, clusterBits + l2Bits());
  }

  private static long l1Entries(long length, int bitsPerEntry) {
    return (length >>> bitsPerEntry) + ((length & ((1L << bitsPerEntry) - 1)) == 0 ? 0 : 1);
  }

  private static long incompatibleFeatures(String file, MemorySegment bytes, long fileLength)
      throws CloudletException {
    if (fileLength < V3_BYTES || Integer.toUnsignedLong(bytes.get(INT, 100)) < V3_BYTES) {
      throw new CorruptException(file, 100, "the header is shorter than version 3 demands");
    }
    long features = bytes.get(LONG, INCOMPATIBLE_AT);
    if ((features & (DIRTY | CORRUPT)) != 0) {
      throw new CloudletException(
          file
              + " is marked as dirty or corrupt; repair it with `qemu-img check -r all "
              + file
              + "`");
    }
    if ((features & EXTERNAL_DATA) != 0) {
      throw new UnsupportedQcow2Exception(file, "keeps its data in another file");
    }
    long unknown = features & ~(COMPRESSION_TYPE | INCOMPATIBLE_EXTENDED_L2);
    if (unknown != 0) {
      throw new UnsupportedQcow2Exception(
          file, "has the unknown incompatible features 0x" + Long.toHexString(unknown));
    }
    return features;
  }

  private static int clusterBits(String file, int clusterBits, boolean extended)
      throws CloudletException {
    if (clusterBits < 9 || clusterBits > 21) {
      throw new CorruptException(file, 20, "clusters of 2^" + clusterBits + " bytes");
    }
    if (clusterBits < Page.SHIFT) {
      throw new UnsupportedQcow2Exception(file, "has clusters smaller than a page");
    }
    if (extended && (1 << clusterBits) / SUBCLUSTERS < Page.SIZE) {
      throw new UnsupportedQcow2Exception(file, "has subclusters smaller than a page");
    }
    return clusterBits;
  }

  private static long l1Offset(
      String file,
      MemorySegment bytes,
      long fileLength,
      long length,
      int clusterBits,
      boolean extended)
      throws CloudletException {
    int bitsPerEntry = clusterBits + clusterBits - (extended ? 4 : 3);
    if (length < 0 || l1Entries(length, bitsPerEntry) > MAX_L1_ENTRIES) {
      throw new CorruptException(
          file, 24, "a disk of " + Long.toUnsignedString(length) + " bytes is beyond the format");
    }
    long needed = l1Entries(length, bitsPerEntry);
    long entries = Integer.toUnsignedLong(bytes.get(INT, 36));
    if (entries < needed) {
      throw new CorruptException(
          file, 36, "the L1 table has " + entries + " entries, the disk needs " + needed);
    }
    long offset = bytes.get(LONG, 40);
    boolean aligned = (offset & ((1L << clusterBits) - 1)) == 0;
    if (needed > 0 && (offset <= 0 || !aligned || offset > fileLength - needed * Long.BYTES)) {
      throw new CorruptException(
          file, 40, "the L1 table at " + Long.toUnsignedString(offset) + " is not in the file");
    }
    return offset;
  }

  private static Optional<String> backingFile(String file, MemorySegment bytes, long fileLength)
      throws CorruptException {
    long offset = bytes.get(LONG, 8);
    long size = Integer.toUnsignedLong(bytes.get(INT, 16));
    if (offset == 0) {
      return Optional.empty();
    }
    if (size > MAX_BACKING_NAME || offset < 0 || offset > fileLength - size) {
      throw new CorruptException(file, 8, "the name of the backing file is not in the file");
    }
    return Optional.of(new String(bytes.asSlice(offset, size).toArray(JAVA_BYTE), UTF_8));
  }
}
