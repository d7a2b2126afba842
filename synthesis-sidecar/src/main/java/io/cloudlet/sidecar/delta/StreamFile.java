package io.cloudlet.sidecar.delta;

import io.cloudlet.sidecar.image.Digest;
import io.cloudlet.sidecar.image.MappedImage;
import io.cloudlet.sidecar.image.Page;
import io.cloudlet.sidecar.image.PageSource;
import io.cloudlet.sidecar.qemu.MigrationStreamHandler;
import io.cloudlet.sidecar.qemu.MigrationStreamReader;
import java.io.IOException;
import java.lang.foreign.MemorySegment;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** A migration stream in a file, mapped, so that what is read can be found in it again. */
final class StreamFile implements AutoCloseable {
  private static final long PIECE = 1L << 30;

  private final Path path;
  private final MappedImage file;
  private final MemorySegment content;

  private StreamFile(Path path, MappedImage file) {
    this.path = path;
    this.file = file;
    this.content = file.segment().asSlice(0, file.length());
  }

  static StreamFile open(Path path) throws IOException {
    return new StreamFile(path, MappedImage.open(path));
  }

  void read(MigrationStreamHandler handler) throws IOException {
    MigrationStreamReader reader = new MigrationStreamReader(path.toString(), handler);
    for (long at = 0; at < content.byteSize(); at += PIECE) {
      reader.feed(piece(at).asByteBuffer());
    }
    reader.finish();
  }

  /**
   * Describes how the stream is laid out.
   *
   * @param memory the blocks as they ended
   * @param base where their unchanged pages are
   * @param first position of the first block among the overlay's images
   * @return the blob, or nothing when it would repeat too much of the stream
   */
  Optional<byte[]> layout(List<ChangedImage> memory, FlatBase base, int first) throws IOException {
    StreamLayoutRecorder recorder =
        new StreamLayoutRecorder(
            content, (block, page, data, at) -> holds(memory.get(block), base, page, data, at));
    read(recorder);
    List<Integer> images = new ArrayList<>();
    for (int i = 0; i < memory.size(); i++) {
      images.add(first + i);
    }
    Digest digest = digest();
    return recorder
        .result()
        .map(layout ->
            StreamLayout.encode(
                recorder.length(), digest, images, layout.steps(), layout.literalBytes()));
  }

  private static boolean holds(
      ChangedImage block, FlatBase base, long page, MemorySegment data, long at) {
    long offset = block.content().offsetOf(page);
    if (offset >= 0) {
      return Page.equal(data, at, block.content().segment(), offset);
    }
    MappedImage below = base.image(block.id()).orElse(null);
    if (offset == PageSource.ZERO || BaseView.isZero(below, page)) {
      return Page.isZero(data, at);
    }
    return BaseView.holds(below, page, data, at);
  }

  private Digest digest() {
    MessageDigest sha256 = Digest.newSha256();
    for (long at = 0; at < content.byteSize(); at += PIECE) {
      sha256.update(piece(at).asByteBuffer());
    }
    return Digest.of(sha256.digest());
  }

  private MemorySegment piece(long at) {
    return content.asSlice(at, Math.min(PIECE, content.byteSize() - at));
  }

  @Override
  public void close() {
    file.close();
  }
}
