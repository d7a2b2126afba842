package io.cloudlet.sidecar.image;

import static java.nio.charset.StandardCharsets.US_ASCII;
import static java.nio.charset.StandardCharsets.UTF_8;

import java.nio.ByteBuffer;

/** The header and the tables of a planned qcow2 file, as bytes. */
final class Qcow2Metadata {
  private static final long COPIED = 1L << 63;
  private static final int REFCOUNT_ORDER = 4;
  private static final int BACKING_FORMAT = 0xE2792ACA;
  private static final int MAX_BACKING_NAME = 1023;
  private static final long PAGES_PER_TABLE =
      (long) Qcow2Plan.CLUSTERS_PER_TABLE * Qcow2Plan.PAGES_PER_CLUSTER;

  private final Qcow2Plan plan;
  private final byte[] backingFile;
  private final BackingFormat backingFormat;

  Qcow2Metadata(Qcow2Plan plan, String backingFile, BackingFormat backingFormat) {
    this.plan = plan;
    this.backingFormat = backingFormat;
    this.backingFile = backingFile.getBytes(UTF_8);
    if (this.backingFile.length > MAX_BACKING_NAME) {
      throw new IllegalArgumentException(
          "the name of a backing file has at most 1023 bytes: " + backingFile);
    }
  }

  ByteBuffer header() {
    byte[] format = backingFormat.qemuName().getBytes(US_ASCII);
    ByteBuffer extensions = ByteBuffer.allocate(24);
    extensions.putInt(BACKING_FORMAT).putInt(format.length).put(format).position(16);
    extensions.putLong(0).flip();
    ByteBuffer header = ByteBuffer.allocate(Qcow2Plan.CLUSTER);
    header.putInt(Qcow2Header.MAGIC).putInt(3);
    header.putLong(Qcow2Header.V3_BYTES + extensions.remaining()).putInt(backingFile.length);
    header.putInt(Qcow2Plan.CLUSTER_BITS).putLong(plan.length()).putInt(0);
    header.putInt((int) plan.l1Entries()).putLong(plan.l1Table());
    header.putLong(plan.refcountTable()).putInt((int) plan.refcountTableClusters());
    header.putInt(0).putLong(0);
    header.putLong(Qcow2Header.INCOMPATIBLE_EXTENDED_L2).putLong(0).putLong(0);
    header.putInt(REFCOUNT_ORDER).putInt(Qcow2Header.V3_BYTES);
    return header.put(extensions).put(backingFile).flip();
  }

  ByteBuffer refcountTable() {
    ByteBuffer table = ByteBuffer.allocate((int) plan.refcountBlocks() * Long.BYTES);
    for (long block = 0; block < plan.refcountBlocks(); block++) {
      table.putLong(plan.refcountBlock(block));
    }
    return table.flip();
  }

  /** Every cluster of the file is used once. */
  ByteBuffer refcountBlock(long block) {
    long clusters = plan.fileLength() / Qcow2Plan.CLUSTER;
    long first = block * Qcow2Plan.REFCOUNTS_PER_BLOCK;
    ByteBuffer refcounts = ByteBuffer.allocate(Qcow2Plan.CLUSTER);
    for (long i = first; i < Math.min(clusters, first + Qcow2Plan.REFCOUNTS_PER_BLOCK); i++) {
      refcounts.putShort((short) 1);
    }
    return refcounts.clear();
  }

  ByteBuffer l1Table() {
    ByteBuffer table = ByteBuffer.allocate((int) plan.l1Entries() * Long.BYTES);
    for (long n = 0; n < plan.tables().pages(); n++) {
      int index = (int) plan.tables().page(n);
      table.putLong(index * Long.BYTES, plan.l2Table(n) | COPIED);
    }
    return table;
  }

  ByteBuffer l2Table(long l1Index) {
    long[] states = new long[Qcow2Plan.CLUSTERS_PER_TABLE];
    mark(states, plan.data(), l1Index, 0);
    mark(states, plan.zero(), l1Index, Qcow2Header.SUBCLUSTERS);
    ByteBuffer table = ByteBuffer.allocate(Qcow2Plan.CLUSTER);
    for (int i = 0; i < states.length; i++) {
      boolean hasData = (int) states[i] != 0;
      long cluster = l1Index * Qcow2Plan.CLUSTERS_PER_TABLE + i;
      table.putLong(hasData ? plan.cluster(cluster) | COPIED : 0).putLong(states[i]);
    }
    return table.flip();
  }

  private static void mark(long[] states, PageRuns pages, long l1Index, int shift) {
    long first = l1Index * PAGES_PER_TABLE;
    pages.forEachRunIn(
        first,
        first + PAGES_PER_TABLE,
        (start, count) -> {
          for (long page = start - first; page < start - first + count; page++) {
            int bit = (int) (page % Qcow2Plan.PAGES_PER_CLUSTER) + shift;
            states[(int) (page / Qcow2Plan.PAGES_PER_CLUSTER)] |= 1L << bit;
          }
        });
  }
}
