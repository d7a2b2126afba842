package io.cloudlet.sidecar.image;

/**
 * Where everything lies in a qcow2 file that is about to be written. Offsets are bytes.
 *
 * <p>The order is: header, refcount table, refcount blocks, L1 table, L2 tables, data clusters in
 * the order of the disk. So pages that follow each other on the disk follow each other in the file,
 * and a run of pages is one write.
 */
final class Qcow2Plan {
  /** 128 KiB: with 32 subclusters, one of them is a page. */
  static final int CLUSTER_BITS = 17;

  static final int CLUSTER = 1 << CLUSTER_BITS;
  static final int PAGES_PER_CLUSTER = CLUSTER / Page.SIZE;
  static final int CLUSTERS_PER_TABLE = CLUSTER / 16;

  /** Refcounts of 16 bits, the only width that every reader has. */
  static final int REFCOUNTS_PER_BLOCK = CLUSTER / Short.BYTES;

  /** 1 PiB; far below the format's limits, so that all tables are counted in ints. */
  private static final long MAX_LENGTH = 1L << 50;

  private final long length;
  private final PageRuns data;
  private final PageRuns zero;
  private final PageRuns dataClusters;
  private final PageRuns tables;
  private final long refcountBlocks;
  private final long refcountTableClusters;
  private final long l1Clusters;

  Qcow2Plan(long length, PageRuns data, PageRuns zero) {
    if (length <= 0 || length % 512 != 0 || length > MAX_LENGTH) {
      throw new IllegalArgumentException("no qcow2 disk has " + length + " bytes");
    }
    if (Math.max(data.end(), zero.end()) > Page.count(length)) {
      throw new IllegalArgumentException("pages behind the end of the disk");
    }
    if (!data.minus(zero).equals(data)) {
      throw new IllegalArgumentException("a page is both data and zero");
    }
    this.length = length;
    this.data = data;
    this.zero = zero;
    this.dataClusters = coarser(data, PAGES_PER_CLUSTER);
    this.tables = coarser(coarser(data.union(zero), PAGES_PER_CLUSTER), CLUSTERS_PER_TABLE);
    this.l1Clusters = clustersFor(l1Entries() * Long.BYTES);
    long others = 1 + l1Clusters + tables.pages() + dataClusters.pages();
    long blocks = 0;
    long tableClusters = 0;
    long needed = 1;
    while (blocks < needed) {
      blocks = needed;
      tableClusters = clustersFor(blocks * Long.BYTES);
      needed = ceilDivide(others + blocks + tableClusters, REFCOUNTS_PER_BLOCK);
    }
    this.refcountBlocks = blocks;
    this.refcountTableClusters = tableClusters;
  }

  long length() {
    return length;
  }

  PageRuns data() {
    return data;
  }

  PageRuns zero() {
    return zero;
  }

  /** The guest clusters that have a cluster in the file. */
  PageRuns dataClusters() {
    return dataClusters;
  }

  /** The L1 entries that have an L2 table. */
  PageRuns tables() {
    return tables;
  }

  long l1Entries() {
    return ceilDivide(length, (long) CLUSTER * CLUSTERS_PER_TABLE);
  }

  long refcountTable() {
    return CLUSTER;
  }

  long refcountTableClusters() {
    return refcountTableClusters;
  }

  long refcountBlocks() {
    return refcountBlocks;
  }

  long refcountBlock(long block) {
    return refcountTable() + (refcountTableClusters + block) * CLUSTER;
  }

  long l1Table() {
    return refcountBlock(refcountBlocks);
  }

  /** Where the n-th of {@link #tables} lies. */
  long l2Table(long n) {
    return l1Table() + (l1Clusters + n) * CLUSTER;
  }

  /** Where a guest cluster of {@link #dataClusters} lies. */
  long cluster(long guestCluster) {
    return l2Table(tables.pages()) + dataClusters.rank(guestCluster) * CLUSTER;
  }

  /** Where a page of {@link #data} lies. */
  long page(long page) {
    return cluster(page / PAGES_PER_CLUSTER) + page % PAGES_PER_CLUSTER * Page.SIZE;
  }

  /** Bytes of the file. */
  long fileLength() {
    return l2Table(tables.pages()) + dataClusters.pages() * CLUSTER;
  }

  private static PageRuns coarser(PageRuns fine, int factor) {
    PageRunsBuilder coarse = new PageRunsBuilder();
    fine.forEachRun((start, count) -> {
      long first = start / factor;
      coarse.add(first, (start + count - 1) / factor - first + 1);
    });
    return coarse.build();
  }

  private static long clustersFor(long bytes) {
    return ceilDivide(bytes, CLUSTER);
  }

  private static long ceilDivide(long a, long b) {
    return (a + b - 1) / b;
  }
}
