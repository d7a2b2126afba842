package io.cloudlet.sidecar.base;

import com.github.luben.zstd.Zstd;
import com.github.luben.zstd.ZstdException;
import io.cloudlet.sidecar.image.ChunkDigests;
import io.cloudlet.sidecar.image.CorruptException;
import io.cloudlet.sidecar.image.Digest;
import io.cloudlet.sidecar.image.Folders;
import io.cloudlet.sidecar.image.ImageDigest;
import io.cloudlet.sidecar.image.SparseFile;
import java.io.IOException;
import java.lang.foreign.MemorySegment;
import java.util.ArrayList;
import java.util.List;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.function.LongConsumer;

/**
 * Lays a package out as a base VM's folder. The folder is complete and verified when this returns;
 * who calls gives it its final name, or removes it.
 */
final class PackageImport {
  private final PackageReader reader;
  private final BaseFiles files;
  private final LongConsumer progress;

  PackageImport(PackageReader reader, BaseFiles files, LongConsumer progress) {
    this.reader = reader;
    this.files = files;
    this.progress = progress;
  }

  void run(byte[] manifestBytes, BaseManifest manifest, BaseName name) throws IOException {
    Folders.create(files.memory());
    List<ChunkDigests> chunks = new ArrayList<>();
    List<PackagePart> parts = PackagePart.of(manifest, files);
    for (int i = 0; i < parts.size(); i++) {
      long start = reader.offset();
      ChunkDigests digests = readPart(parts.get(i));
      if (i < manifest.images().size()) {
        if (!digests.image().equals(manifest.images().get(i).digest())) {
          throw reader.corrupt(start, parts.get(i).what() + " does not have the manifest's digest");
        }
        chunks.add(digests);
      }
    }
    reader.readFooter();
    for (BlobKind kind : BlobKind.values()) {
      if (manifest.blob(kind).isPresent()) {
        BlobFile.verify(files.blob(kind), manifest.blob(kind).get());
      }
    }
    new BaseFolder(files).complete(manifestBytes, chunks, name);
  }

  /** What became of one frame: the digests of its chunks. */
  private record Placed(FrameHeader header, List<Digest> digests) {}

  private ChunkDigests readPart(PackagePart part) throws IOException {
    SortedMap<Long, Digest> digests = new TreeMap<>();
    try (SparseFile file = SparseFile.create(part.path(), part.length());
        OrderedTasks<Placed> frames = new OrderedTasks<>(placed -> collect(placed, digests))) {
      long next = 0;
      while (true) {
        long at = reader.offset();
        FrameHeader header = reader.readFrameHeader(part, next);
        if (header.isEnd()) {
          break;
        }
        byte[] compressed = reader.readFrame(part, header);
        frames.submit(() -> place(part, file, at, header, compressed));
        next = header.endChunk();
      }
      frames.finish();
    }
    return new ChunkDigests(part.length(), digests);
  }

  private void collect(Placed placed, SortedMap<Long, Digest> digests) {
    long chunk = placed.header().firstChunk();
    for (Digest digest : placed.digests()) {
      digests.put(chunk++, digest);
    }
    progress.accept(placed.header().contentLength());
  }

  private Placed place(
      PackagePart part, SparseFile file, long at, FrameHeader header, byte[] compressed)
      throws IOException {
    if (!Digest.sha256(compressed).equals(header.digest())) {
      throw reader.corrupt(at, "a frame of " + part.what() + " does not have its digest");
    }
    byte[] content = new byte[header.contentLength()];
    decompress(part, at, compressed, content);
    MemorySegment segment = MemorySegment.ofArray(content);
    file.writeNonZero(header.offset(), segment);
    List<Digest> digests = new ArrayList<>();
    for (long done = 0; done < content.length; done += ChunkDigests.CHUNK) {
      long length = Math.min(ChunkDigests.CHUNK, content.length - done);
      digests.add(ImageDigest.chunk(segment, done, length));
    }
    return new Placed(header, digests);
  }

  private void decompress(PackagePart part, long at, byte[] compressed, byte[] content)
      throws CorruptException {
    long length;
    try {
      length =
          Zstd.decompressByteArray(content, 0, content.length, compressed, 0, compressed.length);
    } catch (ZstdException e) {
      CorruptException corrupt =
          reader.corrupt(at, "a frame of " + part.what() + " is no zstd frame: " + e.getMessage());
      corrupt.initCause(e);
      throw corrupt;
    }
    if (length != content.length) {
      throw reader.corrupt(at, "a frame of " + part.what() + " holds " + length + " bytes");
    }
  }
}
