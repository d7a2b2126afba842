package io.cloudlet.sidecar.base;

import static java.lang.foreign.ValueLayout.JAVA_BYTE;

import com.github.luben.zstd.Zstd;
import io.cloudlet.sidecar.image.ChunkDigests;
import io.cloudlet.sidecar.image.Digest;
import io.cloudlet.sidecar.image.Extent;
import io.cloudlet.sidecar.image.MappedImage;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.ByteBuffer;
import java.security.MessageDigest;
import java.util.function.LongConsumer;

/** Writes a base VM as one stream. Compresses on all cores; holes cost nothing. */
final class PackageWriter {
  /** Packages are made once and read often, but making one should not take a coffee break. */
  private static final int LEVEL = 3;

  private final OutputStream out;
  private final LongConsumer progress;
  private final MessageDigest root = Digest.newSha256();
  private long written;

  /**
   * Begins.
   *
   * @param progress told the bytes of content that were written
   */
  PackageWriter(OutputStream out, LongConsumer progress) {
    this.out = out;
    this.progress = progress;
  }

  void write(byte[] manifestBytes, BaseManifest manifest, BaseFiles files) throws IOException {
    describe(PackageFormat.header(manifestBytes));
    describe(ByteBuffer.wrap(manifestBytes));
    try (OrderedTasks<Frame> frames = new OrderedTasks<>(this::write)) {
      for (PackagePart part : PackagePart.of(manifest, files)) {
        try (MappedImage content = MappedImage.open(part.path(), part.length())) {
          submit(content, frames);
          frames.finish();
        }
        describe(FrameHeader.end().bytes());
      }
    }
    write(PackageFormat.footer(written + PackageFormat.FOOTER, root.digest()));
  }

  private record Frame(FrameHeader header, ByteBuffer compressed) {}

  /** Cuts the data of a part into frames of neighbouring chunks. */
  private static void submit(MappedImage content, OrderedTasks<Frame> frames) throws IOException {
    long next = 0;
    for (Extent extent : content.dataExtents()) {
      long end = ChunkDigests.count(extent.end());
      next = Math.max(next, extent.offset() / ChunkDigests.CHUNK);
      while (next < end) {
        long first = next;
        long last = Math.min(end, first + PackageFormat.CHUNKS_PER_FRAME);
        frames.submit(() -> compress(content, first, last));
        next = last;
      }
    }
  }

  private static Frame compress(MappedImage content, long first, long last) {
    long offset = first * ChunkDigests.CHUNK;
    long end = Math.min(content.length(), last * ChunkDigests.CHUNK);
    byte[] plain = content.segment().asSlice(offset, end - offset).toArray(JAVA_BYTE);
    byte[] compressed = Zstd.compress(plain, LEVEL);
    return new Frame(FrameHeader.of(first, plain.length, compressed), ByteBuffer.wrap(compressed));
  }

  private void write(Frame frame) throws IOException {
    describe(frame.header().bytes());
    write(frame.compressed());
    progress.accept(frame.header().contentLength());
  }

  /** Writes what the root digest covers directly; payloads have digests of their own in there. */
  private void describe(ByteBuffer bytes) throws IOException {
    root.update(bytes.duplicate());
    write(bytes);
  }

  private void write(ByteBuffer bytes) throws IOException {
    out.write(bytes.array(), bytes.arrayOffset() + bytes.position(), bytes.remaining());
    written += bytes.remaining();
  }
}
