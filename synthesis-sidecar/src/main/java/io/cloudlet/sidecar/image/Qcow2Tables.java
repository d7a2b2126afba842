package io.cloudlet.sidecar.image;

import static io.cloudlet.sidecar.image.Qcow2Header.LONG;
import static java.lang.foreign.ValueLayout.JAVA_BYTE;

import java.lang.foreign.MemorySegment;
import java.util.Arrays;

/**
 * The check of a qcow2 file's tables, once, before anybody relies on them.
 *
 * <p>Every table may be used in one place only. So the work, and what the pages of the file can
 * take in memory, is bounded by the file's length.
 */
final class Qcow2Tables {
  private static final long COMPRESSED = 1L << 62;

  private final String name;
  private final MemorySegment bytes;
  private final long fileLength;
  private final Qcow2Header header;

  Qcow2Tables(String name, MappedImage file, Qcow2Header header) {
    this.name = name;
    this.bytes = file.segment();
    this.fileLength = file.length();
    this.header = header;
  }

  void check() throws CloudletException {
    long[] tables = new long[header.l1Entries()];
    int used = 0;
    for (int i = 0; i < header.l1Entries(); i++) {
      long at = header.l1Offset() + (long) i * Long.BYTES;
      long table = bytes.get(LONG, at) & Qcow2Layer.OFFSET;
      if (table != 0) {
        if (!isAligned(table) || table > fileLength - header.clusterSize()) {
          throw new CorruptException(name, at, "the L2 table at " + table + " is not in the file");
        }
        tables[used++] = table;
        checkTable(i, table);
      }
    }
    checkOnce(Arrays.copyOf(tables, used));
  }

  private void checkOnce(long[] tables) throws CorruptException {
    Arrays.sort(tables);
    for (int i = 1; i < tables.length; i++) {
      if (tables[i] == tables[i - 1]) {
        throw new CorruptException(name, tables[i], "an L2 table is used twice");
      }
    }
  }

  private void checkTable(long l1Index, long table) throws CloudletException {
    long first = l1Index << header.l2Bits();
    long clusters = (header.length() + header.clusterSize() - 1) >>> header.clusterBits();
    long entries = Math.min(1L << header.l2Bits(), clusters - first);
    for (long i = 0; i < entries; i++) {
      long at = table + (i << header.entryShift());
      long entry = bytes.get(LONG, at);
      if ((entry & COMPRESSED) != 0) {
        throw new UnsupportedQcow2Exception(name, "has compressed clusters");
      }
      checkEntry(at, entry);
      if (first + i == clusters - 1) {
        checkTail(at, entry);
      }
    }
  }

  private void checkEntry(long at, long entry) throws CorruptException {
    boolean needsData;
    if (header.extendedL2()) {
      long bitmap = bytes.get(LONG, at + Long.BYTES);
      if ((bitmap & (bitmap >>> Qcow2Header.SUBCLUSTERS)) != 0) {
        throw new CorruptException(name, at, "a subcluster is both data and zero");
      }
      needsData = (int) bitmap != 0;
    } else {
      boolean zero = (entry & Qcow2Layer.ZERO_FLAG) != 0;
      if (zero && !header.zeroFlag()) {
        throw new CorruptException(name, at, "a zero cluster in a file of version 2");
      }
      needsData = !zero && (entry & Qcow2Layer.OFFSET) != 0;
    }
    long host = entry & Qcow2Layer.OFFSET;
    if (needsData && (host == 0 || !isAligned(host) || host >= fileLength)) {
      throw new CorruptException(name, at, "the cluster at " + host + " is not in the file");
    }
  }

  /**
   * A page that the virtual disk's end cuts has to end in zeros, as {@link PageSource} promises.
   * QEMU leaves it so, except over a longer backing file.
   */
  private void checkTail(long at, long entry) throws CloudletException {
    long used = header.length() & (Page.SIZE - 1);
    long host = entry & Qcow2Layer.OFFSET;
    if (used == 0 || host == 0) {
      return;
    }
    long tail = host + (header.length() & (header.clusterSize() - 1));
    for (long i = tail; i < Math.min(fileLength, tail - used + Page.SIZE); i++) {
      if (bytes.get(JAVA_BYTE, i) != 0) {
        throw new UnsupportedQcow2Exception(
            name, "has data behind its end (table entry at byte " + at + ")");
      }
    }
  }

  private boolean isAligned(long offset) {
    return (offset & (header.clusterSize() - 1)) == 0;
  }
}
