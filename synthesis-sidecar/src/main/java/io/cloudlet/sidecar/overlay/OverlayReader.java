package io.cloudlet.sidecar.overlay;

import io.cloudlet.sidecar.image.CloudletException;
import io.cloudlet.sidecar.image.CorruptException;
import io.cloudlet.sidecar.image.Digest;
import io.cloudlet.sidecar.store.FileOverlaySource;
import io.cloudlet.sidecar.store.OverlaySource;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.Path;

/**
 * An open overlay whose tables have been verified; segments and blobs are verified as they are
 * read. Thread-safe. Owns the source.
 */
public final class OverlayReader implements AutoCloseable {
  private final OverlaySource source;
  private final Digest root;
  private final OverlayManifest manifest;
  private final SegmentDirectory directory;
  private final OverlayIndex index;

  private OverlayReader(OverlaySource source, byte[] footer, OverlayTables tables) {
    this.source = source;
    this.root = Footer.root(footer);
    this.manifest = tables.manifest();
    this.directory = tables.directory();
    this.index = tables.index();
  }

  /** Opens a local file. */
  public static OverlayReader open(Path file) throws IOException {
    return open(FileOverlaySource.open(file));
  }

  /**
   * The root digest of a local file, from its last bytes: those are right, the others have not been
   * looked at.
   *
   * @throws CorruptException when it does not end as an overlay does
   */
  public static Digest rootOf(Path file) throws IOException {
    try (OverlaySource source = FileOverlaySource.open(file)) {
      byte[] footer = footer(source);
      Footer.decode(footer, source.length(), source.describe());
      return Footer.root(footer);
    }
  }

  private static byte[] footer(OverlaySource source) throws IOException {
    long length = source.length();
    if (length < Header.LENGTH + Footer.LENGTH) {
      throw new CorruptException(
          source.describe(), length, "it is shorter than the smallest overlay");
    }
    return read(source, length - Footer.LENGTH, Footer.LENGTH);
  }

  /**
   * Reads and verifies footer, header and tables.
   *
   * @param source closed with the reader, and when opening fails
   * @throws CorruptException when a byte is wrong
   * @throws io.cloudlet.sidecar.image.TooNewException when the format's version is not known
   */
  public static OverlayReader open(OverlaySource source) throws IOException {
    try {
      byte[] footer = footer(source);
      byte[] header = read(source, 0, Header.LENGTH);
      Header.check(header, source.describe());
      Footer parts = Footer.decode(footer, source.length(), source.describe());
      return new OverlayReader(source, footer, OverlayTables.read(source, parts));
    } catch (IOException | RuntimeException | Error e) {
      source.close();
      throw e;
    }
  }

  /** The digest that covers every byte of the file. */
  public Digest root() {
    return root;
  }

  /**
   * Refuses another overlay than the expected one.
   *
   * @throws CloudletException when the root digest differs
   */
  public void require(Digest expected) throws CloudletException {
    if (!root.equals(expected)) {
      throw new CloudletException(
          source.describe() + " is the overlay " + root + ", not " + expected + "; fetch that one");
    }
  }

  /** What the overlay says about itself. */
  public OverlayManifest manifest() {
    return manifest;
  }

  /** Its segments. */
  public SegmentDirectory directory() {
    return directory;
  }

  /** Its changed pages. */
  public OverlayIndex index() {
    return index;
  }

  /** The path or URL for messages. */
  public String describe() {
    return source.describe();
  }

  /** Bytes of the file. */
  public long length() {
    return source.length();
  }

  /**
   * Reads a segment's stored bytes and verifies them.
   *
   * @param destination exactly {@link Segment#stored} bytes remain in it; its position ends at its
   *     limit
   */
  public void read(Segment segment, ByteBuffer destination) throws IOException {
    ByteBuffer filled = destination.duplicate();
    fetch(segment, destination);
    verify(segment, filled);
  }

  /** The first half of {@link #read}: the bytes are not to be used before they are verified. */
  public void fetch(Segment segment, ByteBuffer destination) throws IOException {
    if (destination.remaining() != segment.stored()) {
      throw new IllegalArgumentException(
          "room for " + destination.remaining() + " of " + segment.stored() + " bytes");
    }
    source.read(segment.offset(), destination);
  }

  /**
   * The second half of {@link #read}.
   *
   * @param stored the bytes that were fetched; its position does not move
   */
  public void verify(Segment segment, ByteBuffer stored) throws CorruptException {
    verify(stored, segment.digest(), segment.offset(), "segment " + segment.number());
  }

  /** Reads a blob and verifies it. */
  public byte[] read(Blob blob) throws IOException {
    byte[] stored = read(source, blob.offset(), blob.stored());
    String name = "blob " + blob.name();
    verify(ByteBuffer.wrap(stored), blob.digest(), blob.offset(), name);
    return Packed.unpack(stored, blob.length(), describe(), blob.offset(), name);
  }

  @Override
  public void close() {
    source.close();
  }

  private void verify(ByteBuffer data, Digest expected, long offset, String part)
      throws CorruptException {
    Digest found = Digest.sha256(data);
    if (!found.equals(expected)) {
      throw new CorruptException(
          describe(), offset, part + " has the digest " + found + ", not " + expected);
    }
  }

  /** Reads bytes whose number has been checked. */
  static byte[] read(OverlaySource source, long offset, long length) throws IOException {
    ByteBuffer bytes = ByteBuffer.allocate(Math.toIntExact(length));
    source.read(offset, bytes);
    return bytes.array();
  }
}
