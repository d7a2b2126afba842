package io.cloudlet.sidecar.base;

import io.cloudlet.sidecar.image.ChunkDigests;
import io.cloudlet.sidecar.image.Digest;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;

/** The constants of the base package format; FORMAT.md, "Base packages", specifies it. */
final class PackageFormat {
  static final int VERSION = 1;

  /** Magic, version, length of the manifest, digest of the manifest. */
  static final int HEADER = 48;

  /** First chunk, bytes of content, bytes in the package, digest of those. */
  static final int FRAME_HEADER = 48;

  /** Magic, length of the package, root digest. */
  static final int FOOTER = 48;

  static final int CHUNKS_PER_FRAME = 4;
  static final int MAX_CONTENT = CHUNKS_PER_FRAME * ChunkDigests.CHUNK;

  /** What zstd makes of content that it cannot compress: one part in 256 more. */
  static final int MAX_COMPRESSED = MAX_CONTENT + (MAX_CONTENT >> 8);

  /** The first chunk of the frame header that ends a part. */
  static final long END_OF_PART = -1;

  private static final byte[] HEADER_MAGIC = {(byte) 0x89, 'C', 'L', 'B', '\r', '\n', 0x1a, '\n'};
  private static final byte[] FOOTER_MAGIC = {'C', 'L', 'B', 'E', 'N', 'D', '\r', '\n'};

  private PackageFormat() {}

  static ByteBuffer header(byte[] manifest) {
    return allocate(HEADER)
        .put(HEADER_MAGIC)
        .putInt(VERSION)
        .putInt(manifest.length)
        .put(Digest.sha256(manifest).bytes())
        .flip();
  }

  static boolean hasHeaderMagic(ByteBuffer header) {
    return startsWith(header, HEADER_MAGIC);
  }

  static ByteBuffer footer(long length, byte[] root) {
    return allocate(FOOTER).put(FOOTER_MAGIC).putLong(length).put(root).flip();
  }

  static ByteBuffer allocate(int bytes) {
    return ByteBuffer.allocate(bytes).order(ByteOrder.LITTLE_ENDIAN);
  }

  private static boolean startsWith(ByteBuffer bytes, byte[] magic) {
    return bytes.slice(0, magic.length).equals(ByteBuffer.wrap(magic));
  }
}
