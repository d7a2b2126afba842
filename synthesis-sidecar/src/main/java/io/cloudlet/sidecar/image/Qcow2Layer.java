package io.cloudlet.sidecar.image;

import static io.cloudlet.sidecar.image.Qcow2Header.LONG;

import java.io.IOException;
import java.lang.foreign.MemorySegment;
import java.nio.file.Path;
import java.util.Optional;

/**
 * The pages that one qcow2 file holds, without those of its backing file.
 *
 * <p>All tables are checked when the file is opened, so reading pages cannot fail. The file must
 * not change while it is open; a writer has to have flushed its tables before. Reads are
 * thread-safe.
 */
public final class Qcow2Layer implements PageSource {
  /** Bits 9 to 55 of table entries: an offset in the file. */
  static final long OFFSET = 0x00fffffffffffe00L;

  /** Bit 0 of an L2 entry without subclusters. */
  static final long ZERO_FLAG = 1;

  private final MappedImage file;
  private final Qcow2Header header;
  private final MemorySegment segment;
  private final int pageShift;
  private final int subclusterShift;
  private final int l2Bits;
  private final long l2Mask;
  private final int entryShift;

  private Qcow2Layer(MappedImage file, Qcow2Header header) {
    this.file = file;
    this.header = header;
    this.segment = file.segment();
    this.pageShift = header.clusterBits() - Page.SHIFT;
    this.subclusterShift = pageShift - 5;
    this.l2Bits = header.l2Bits();
    this.l2Mask = (1L << l2Bits) - 1;
    this.entryShift = header.entryShift();
  }

  /**
   * Opens and checks a file.
   *
   * @throws CorruptException when its tables contradict each other or the file's length
   * @throws UnsupportedQcow2Exception when it is compressed, encrypted, has an external data file,
   *     clusters below a page or features that are not known
   */
  public static Qcow2Layer open(Path path) throws IOException {
    MappedImage file = MappedImage.open(path);
    try {
      Qcow2Header header = Qcow2Header.read(path.toString(), file.segment(), file.length());
      new Qcow2Tables(path.toString(), file, header).check();
      return new Qcow2Layer(file, header);
    } catch (IOException | RuntimeException e) {
      file.close();
      throw e;
    }
  }

  /** The file. */
  MappedImage file() {
    return file;
  }

  /** Bytes of the virtual disk. */
  @Override
  public long length() {
    return header.length();
  }

  /** The whole qcow2 file; read-only. */
  @Override
  public MemorySegment segment() {
    return segment;
  }

  /** The name of the image below, as the file says it; nobody has checked it. */
  public Optional<String> backingFile() {
    return header.backingFile();
  }

  @Override
  public long offsetOf(long page) {
    long cluster = page >>> pageShift;
    long table = segment.get(LONG, header.l1Offset() + (cluster >>> l2Bits) * Long.BYTES) & OFFSET;
    if (table == 0) {
      return ABSENT;
    }
    long at = table + ((cluster & l2Mask) << entryShift);
    long inside = page & ((1L << pageShift) - 1);
    long entry = segment.get(LONG, at);
    return header.extendedL2()
        ? inSubclusters(entry, segment.get(LONG, at + Long.BYTES), inside)
        : inCluster(entry, inside);
  }

  /** The pages of the virtual disk that this layer decides, be they zero or data. */
  public PageRuns pages() {
    PageRunsBuilder pages = new PageRunsBuilder();
    long end = Page.count(length());
    int tableShift = pageShift + l2Bits;
    for (int i = 0; i < header.l1Entries(); i++) {
      if ((segment.get(LONG, header.l1Offset() + (long) i * Long.BYTES) & OFFSET) != 0) {
        long last = Math.min(end, (i + 1L) << tableShift);
        for (long page = (long) i << tableShift; page < last; page++) {
          if (offsetOf(page) != ABSENT) {
            pages.add(page);
          }
        }
      }
    }
    return pages.build();
  }

  @Override
  public void close() {
    file.close();
  }

  private long inCluster(long entry, long inside) {
    if ((entry & ZERO_FLAG) != 0) {
      return ZERO;
    }
    long host = entry & OFFSET;
    return host == 0 ? ABSENT : inFile(host, inside);
  }

  private long inSubclusters(long entry, long bitmap, long inside) {
    long states = bitmap >>> (inside >>> subclusterShift);
    if ((states >>> Qcow2Header.SUBCLUSTERS & 1) != 0) {
      return ZERO;
    }
    return (states & 1) == 0 ? ABSENT : inFile(entry & OFFSET, inside);
  }

  /** The last cluster need not be whole in the file; what is missing reads as zeros. */
  private long inFile(long host, long inside) {
    long at = host + (inside << Page.SHIFT);
    return at < file.length() ? at : ZERO;
  }
}
