package io.cloudlet.sidecar.overlay;

import com.github.luben.zstd.Zstd;
import com.github.luben.zstd.ZstdDecompressCtx;
import com.github.luben.zstd.ZstdException;
import io.cloudlet.sidecar.image.CloudletException;
import io.cloudlet.sidecar.image.CorruptException;

/** Packing of the parts that are held in memory whole: tables and blobs. */
final class Packed {
  private static final int LEVEL = 9;

  private Packed() {}

  /**
   * One zstd frame, or the content itself when a frame would be no shorter or when a reader would
   * refuse to unpack that much from it. Equal lengths say that it is the content itself.
   */
  static byte[] pack(byte[] content) {
    byte[] frame = Zstd.compress(content, LEVEL);
    boolean usable =
        frame.length < content.length && content.length <= OverlayLimits.unpacked(frame.length);
    return usable ? frame : content;
  }

  /** Refuses a part that says it has more unpacked bytes than are allowed or can be held. */
  static void check(String source, long offset, long stored, long unpacked, String part)
      throws CloudletException {
    if (stored < 0 || unpacked < stored || unpacked > OverlayLimits.unpacked(stored)) {
      throw new CorruptException(
          source, offset, "the " + part + " says it unpacks " + stored + " to " + unpacked);
    }
    // Decoded, a table takes up to eight times its unpacked size.
    if (unpacked > Runtime.getRuntime().maxMemory() / 16) {
      throw new CloudletException(
          source
              + ": the "
              + part
              + " has "
              + unpacked
              + " bytes, too many for this process; give Java a larger heap (-Xmx)");
    }
  }

  /** The content of a part whose lengths {@link #check} has passed and whose digest is right. */
  static byte[] unpack(byte[] stored, long unpacked, String source, long offset, String part)
      throws CorruptException {
    if (stored.length == unpacked) {
      return stored;
    }
    byte[] content = new byte[(int) unpacked];
    try (ZstdDecompressCtx zstd = new ZstdDecompressCtx()) {
      int length = zstd.decompress(content, stored);
      if (length != unpacked) {
        throw new CorruptException(
            source, offset, "the " + part + " unpacks to " + length + " bytes, not " + unpacked);
      }
    } catch (ZstdException e) {
      throw new CorruptException(
          source, offset, "the " + part + " does not unpack: " + e.getMessage());
    }
    return content;
  }
}
