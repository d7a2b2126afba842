package io.cloudlet.sidecar.base;

import io.cloudlet.sidecar.image.CorruptException;
import io.cloudlet.sidecar.image.Digest;
import io.cloudlet.sidecar.image.TooNewException;
import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.security.MessageDigest;

/**
 * Reads the pieces of a base package, front to back, and checks each before it gives it away. What
 * a length allocates is bounded before. Not thread-safe.
 */
final class PackageReader {
  private final InputStream in;
  private final String source;
  private final MessageDigest root = Digest.newSha256();
  private long offset;

  PackageReader(InputStream in, String source) {
    this.in = in;
    this.source = source;
  }

  /** Bytes that have been read. */
  long offset() {
    return offset;
  }

  /** Reads header and manifest; the manifest's bytes have the digest that the header names. */
  byte[] readManifest() throws IOException {
    ByteBuffer header = describe(PackageFormat.HEADER, "the header");
    if (!PackageFormat.hasHeaderMagic(header)) {
      throw new CorruptException(source, 0, "no base package begins like this");
    }
    int version = header.getInt(8);
    if (version != PackageFormat.VERSION) {
      throw new TooNewException(source, Integer.toUnsignedLong(version), PackageFormat.VERSION);
    }
    int length = header.getInt(12);
    if (length < 1 || length > ManifestJson.MAX_BYTES) {
      throw corrupt(12, "a manifest of " + Integer.toUnsignedString(length) + " bytes");
    }
    byte[] manifest = describe(length, "the manifest").array();
    ByteBuffer digest = ByteBuffer.wrap(Digest.sha256(manifest).bytes());
    if (!digest.equals(header.slice(16, Digest.BYTES))) {
      throw corrupt(PackageFormat.HEADER, "the manifest does not have the header's digest");
    }
    return manifest;
  }

  /**
   * Reads the header of the next frame of a part.
   *
   * @param nextChunk the first chunk of the part that is still to come
   */
  FrameHeader readFrameHeader(PackagePart part, long nextChunk) throws IOException {
    long at = offset;
    FrameHeader header =
        FrameHeader.parse(describe(PackageFormat.FRAME_HEADER, "a frame of " + part.what()));
    String fault = header.fault(nextChunk, part.length());
    if (fault != null) {
      throw corrupt(at, part.what() + ": " + fault);
    }
    return header;
  }

  /** Reads a frame's bytes. The caller compares their digest, on a thread of its own. */
  byte[] readFrame(PackagePart part, FrameHeader header) throws IOException {
    return read(header.compressedLength(), "a frame of " + part.what());
  }

  /** Reads the end, which covers all that was read, and makes sure that nothing follows. */
  void readFooter() throws IOException {
    long at = offset;
    byte[] footer = read(PackageFormat.FOOTER, "the footer");
    ByteBuffer expected = PackageFormat.footer(offset, root.digest());
    int difference = ByteBuffer.wrap(footer).mismatch(expected);
    if (difference >= 0) {
      throw corrupt(at, "the footer does not belong to what lies before it");
    }
    if (in.read() >= 0) {
      throw corrupt(offset, "something follows the end");
    }
  }

  CorruptException corrupt(long at, String reason) {
    return new CorruptException(source, at, reason);
  }

  private ByteBuffer describe(int length, String what) throws IOException {
    byte[] bytes = read(length, what);
    root.update(bytes);
    return ByteBuffer.wrap(bytes).order(ByteOrder.LITTLE_ENDIAN);
  }

  private byte[] read(int length, String what) throws IOException {
    byte[] bytes = in.readNBytes(length);
    offset += bytes.length;
    if (bytes.length < length) {
      throw corrupt(offset, "it ends within " + what);
    }
    return bytes;
  }
}
