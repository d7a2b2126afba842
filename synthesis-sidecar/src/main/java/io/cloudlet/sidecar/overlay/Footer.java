package io.cloudlet.sidecar.overlay;

import io.cloudlet.sidecar.image.CloudletException;
import io.cloudlet.sidecar.image.CorruptException;
import io.cloudlet.sidecar.image.Digest;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.security.MessageDigest;
import java.util.Arrays;
import java.util.List;

/**
 * The last bytes of a file: where the tables lie, and the root digest, which covers the header and
 * the footer, and through the digests in them and in the tables every byte of the file.
 */
record Footer(
    TableLocation directory, TableLocation index, TableLocation manifest, long fileLength) {
  /** Three tables, the file's length, the root digest, u32 version, u32 zero, the magic number. */
  static final int LENGTH = 3 * (3 * Long.BYTES + Digest.BYTES) + Long.BYTES + Digest.BYTES + 16;

  private static final int COVERED = LENGTH - Digest.BYTES - 16;
  private static final int VERSION_AT = LENGTH - 16;

  byte[] encode() {
    ByteBuffer out = ByteBuffer.allocate(LENGTH).order(ByteOrder.LITTLE_ENDIAN);
    put(directory, out);
    put(index, out);
    put(manifest, out);
    out.putLong(fileLength);
    out.put(root(out.array()).bytes());
    out.putInt(Header.VERSION).putInt(0).put(Header.magic());
    return out.array();
  }

  /** The digest of the header and of what of the footer precedes the digest. */
  static Digest root(byte[] footer) {
    MessageDigest sha256 = Digest.newSha256();
    sha256.update(Header.encode());
    sha256.update(footer, 0, COVERED);
    return Digest.of(sha256.digest());
  }

  /** Reads a footer, whose every byte is then known to be right or refused. */
  static Footer decode(byte[] footer, long fileLength, String source) throws CloudletException {
    long start = fileLength - LENGTH;
    ByteBuffer in = ByteBuffer.wrap(footer).order(ByteOrder.LITTLE_ENDIAN);
    byte[] magic = Arrays.copyOfRange(footer, LENGTH - Header.MAGIC_LENGTH, LENGTH);
    if (!Arrays.equals(magic, Header.magic())) {
      throw new CorruptException(
          source,
          fileLength - Header.MAGIC_LENGTH,
          "it does not end as an overlay does, so it was cut or something was appended");
    }
    Header.checkVersion(in.getInt(VERSION_AT), source);
    Digest stored = Digest.of(Arrays.copyOfRange(footer, COVERED, VERSION_AT));
    Digest computed = root(footer);
    if (!computed.equals(stored) || in.getInt(VERSION_AT + Integer.BYTES) != 0) {
      throw new CorruptException(
          source, start, "the footer has the digest " + computed + " and says " + stored);
    }
    Footer result = new Footer(table(in), table(in), table(in), in.getLong());
    result.checkLayout(source, fileLength);
    return result;
  }

  private void checkLayout(String source, long actual) throws CloudletException {
    if (fileLength != actual) {
      throw new CorruptException(
          source, actual, "the footer is of a file of " + fileLength + " bytes");
    }
    long end = actual - LENGTH;
    if (!tiles(end)) {
      throw new CorruptException(source, end, "the tables do not lie end to end: " + this);
    }
    Packed.check(source, directory.offset(), directory.stored(), directory.unpacked(), "directory");
    Packed.check(source, index.offset(), index.stored(), index.unpacked(), "index");
    if (manifest.unpacked() != manifest.stored() || manifest.stored() > OverlayLimits.MANIFEST) {
      throw new CorruptException(
          source, manifest.offset(), "the manifest has " + manifest.stored() + " bytes");
    }
  }

  /** Whether the tables lie end to end between the header and {@code end}. */
  private boolean tiles(long end) {
    long at = directory.offset();
    if (at < Header.LENGTH) {
      return false;
    }
    for (TableLocation table : List.of(directory, index, manifest)) {
      if (table.offset() != at || table.stored() < 0 || table.stored() > end - at) {
        return false;
      }
      at = table.end();
    }
    return at == end;
  }

  private static void put(TableLocation table, ByteBuffer out) {
    out.putLong(table.offset()).putLong(table.stored()).putLong(table.unpacked());
    out.put(table.digest().bytes());
  }

  private static TableLocation table(ByteBuffer in) {
    long offset = in.getLong();
    long stored = in.getLong();
    long unpacked = in.getLong();
    byte[] digest = new byte[Digest.BYTES];
    in.get(digest);
    return new TableLocation(offset, stored, unpacked, Digest.of(digest));
  }
}
