package io.cloudlet.sidecar.overlay;

import io.cloudlet.sidecar.image.AtomicFile;
import io.cloudlet.sidecar.image.CloudletException;
import io.cloudlet.sidecar.image.Digest;
import io.cloudlet.sidecar.image.Durability;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.ClosedChannelException;
import java.nio.channels.FileChannel;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/**
 * Writes an overlay from front to back: segments, then blobs, then {@link #finish}, then, when the
 * file has been read back and found right, {@link #commit}. Not thread-safe.
 *
 * <p>Until the commit the file has a temporary name; closing without a commit removes it.
 */
public final class OverlayWriter implements AutoCloseable {
  private final AtomicFile file;
  private final Path target;
  private final List<Segment> segments = new ArrayList<>();
  private long offset;
  private int slots;

  private OverlayWriter(AtomicFile file, Path target) {
    this.file = file;
    this.target = target;
  }

  /**
   * Begins a file beside {@code target}.
   *
   * @throws CloudletException when its folder does not exist
   */
  public static OverlayWriter create(Path target) throws IOException {
    OverlayWriter writer = new OverlayWriter(AtomicFile.create(target, Durability.DURABLE), target);
    try {
      writer.write(ByteBuffer.wrap(Header.encode()));
      return writer;
    } catch (IOException | RuntimeException e) {
      writer.close();
      throw e;
    }
  }

  /**
   * Appends a segment; its pages get the next slots.
   *
   * @param stored its bytes, at least 1
   * @param pages what they decode to
   */
  public Segment append(ByteBuffer stored, int pages, SegmentCodec codec) throws IOException {
    return append(stored, pages, codec, Digest.sha256(stored));
  }

  /** Appends a segment whose digest another thread has computed. */
  public Segment append(ByteBuffer stored, int pages, SegmentCodec codec, Digest digest)
      throws IOException {
    if (pages < 1 || pages > OverlayLimits.SEGMENT_PAGES || !stored.hasRemaining()) {
      throw new IllegalArgumentException("a segment has 1 to 16384 pages: " + pages);
    }
    Segment segment =
        new Segment(segments.size(), offset, stored.remaining(), slots, pages, digest, codec);
    write(stored);
    segments.add(segment);
    slots = Math.addExact(slots, pages);
    return segment;
  }

  /** Appends a blob, after the last segment. */
  public Blob append(BlobName name, byte[] content) throws IOException {
    byte[] stored = Packed.pack(content);
    Blob blob = new Blob(name, offset, stored.length, content.length, Digest.sha256(stored));
    write(ByteBuffer.wrap(stored));
    return blob;
  }

  /**
   * Writes the tables and the footer. All of it is on its way to the disk then, where the commit
   * waits for it to be.
   *
   * @param manifest with the blobs that were appended, in their order
   * @param index of slots that were appended
   * @return the root digest
   */
  public Digest finish(OverlayManifest manifest, OverlayIndex index) throws IOException {
    TableLocation directory = table(DirectoryCodec.encode(new SegmentDirectory(segments)));
    TableLocation runs = table(IndexCodec.encode(index, manifest.baseImages().size()));
    byte[] json = ManifestJson.encode(manifest);
    if (json.length > OverlayLimits.MANIFEST) {
      throw new CloudletException(
          target + ": the manifest has " + json.length + " bytes; name fewer images");
    }
    TableLocation says = stored(json, json.length);
    byte[] footer = new Footer(directory, runs, says, offset + Footer.LENGTH).encode();
    write(ByteBuffer.wrap(footer));
    file.startWriteback();
    return Footer.root(footer);
  }

  /** Opens what has been finished, under its temporary name, to check it. The caller closes it. */
  public OverlayReader reopen() throws IOException {
    return OverlayReader.open(file.path());
  }

  /** Bytes written so far. */
  public long length() {
    return offset;
  }

  /** Gives the file its name. */
  public void commit() throws IOException {
    file.commit();
  }

  @Override
  public void close() throws IOException {
    file.close();
  }

  private TableLocation table(byte[] content) throws IOException {
    return stored(Packed.pack(content), content.length);
  }

  private TableLocation stored(byte[] bytes, long unpacked) throws IOException {
    TableLocation table = new TableLocation(offset, bytes.length, unpacked, Digest.sha256(bytes));
    write(ByteBuffer.wrap(bytes));
    return table;
  }

  private void write(ByteBuffer data) throws IOException {
    FileChannel channel = file.channel();
    ByteBuffer rest = data.duplicate();
    try {
      while (rest.hasRemaining()) {
        offset += channel.write(rest);
      }
    } catch (ClosedChannelException e) {
      throw e;
    } catch (IOException e) {
      throw new CloudletException(
          target
              + " cannot be written after "
              + offset
              + " bytes: "
              + e.getMessage()
              + "; make room or name another folder",
          e);
    }
  }
}
