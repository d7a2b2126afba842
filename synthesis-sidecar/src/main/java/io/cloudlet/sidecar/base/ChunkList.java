package io.cloudlet.sidecar.base;

import io.cloudlet.sidecar.image.ChunkDigests;
import io.cloudlet.sidecar.image.CorruptException;
import io.cloudlet.sidecar.image.Digest;
import java.io.BufferedInputStream;
import java.io.BufferedOutputStream;
import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.EOFException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * The file of the chunk digests of a base VM's images, in the order of the manifest: for each image
 * the number of chunks that are not zero, then number and digest of each. It is checked against the
 * image digests of the manifest, and tells which MiB of an image has changed.
 */
final class ChunkList {
  private ChunkList() {}

  static void write(Path path, List<ChunkDigests> images) throws IOException {
    try (DataOutputStream out =
        new DataOutputStream(new BufferedOutputStream(Files.newOutputStream(path)))) {
      for (ChunkDigests image : images) {
        out.writeLong(image.nonZero().size());
        for (Map.Entry<Long, Digest> chunk : image.nonZero().entrySet()) {
          out.writeLong(chunk.getKey());
          out.write(chunk.getValue().bytes());
        }
      }
    }
  }

  /**
   * Reads the list.
   *
   * @throws CorruptException when it does not belong to these images
   */
  static List<ChunkDigests> read(Path path, List<BaseImage> images) throws IOException {
    List<ChunkDigests> lists = new ArrayList<>();
    try (DataInputStream in =
        new DataInputStream(new BufferedInputStream(Files.newInputStream(path)))) {
      for (BaseImage image : images) {
        SortedMap<Long, Digest> chunks = readChunks(in);
        ChunkDigests digests = new ChunkDigests(image.length(), chunks);
        if (!digests.image().equals(image.digest())) {
          throw damaged(path, "the digests of " + image.id() + " are not the manifest's");
        }
        lists.add(digests);
      }
    } catch (EOFException | IllegalArgumentException e) {
      CorruptException damaged = damaged(path, String.valueOf(e.getMessage()));
      damaged.initCause(e);
      throw damaged;
    }
    return lists;
  }

  private static SortedMap<Long, Digest> readChunks(DataInputStream in) throws IOException {
    SortedMap<Long, Digest> chunks = new TreeMap<>();
    long count = in.readLong();
    for (long i = 0; i < count; i++) {
      long chunk = in.readLong();
      byte[] digest = new byte[Digest.BYTES];
      in.readFully(digest);
      chunks.put(chunk, Digest.of(digest));
    }
    return chunks;
  }

  private static CorruptException damaged(Path path, String reason) {
    return new CorruptException(path.toString(), 0, reason);
  }
}
