package io.cloudlet.sidecar.base;

import io.cloudlet.sidecar.image.CorruptException;
import io.cloudlet.sidecar.image.Digest;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.DigestInputStream;

/** A blob in its file. */
final class BlobFile {
  private BlobFile() {}

  /** Describes a file. Reads it in small pieces, whatever its length. */
  static Blob describe(Path path) throws IOException {
    try (DigestInputStream in =
        new DigestInputStream(Files.newInputStream(path), Digest.newSha256())) {
      long length = in.transferTo(OutputStream.nullOutputStream());
      return new Blob(length, Digest.of(in.getMessageDigest().digest()));
    }
  }

  /**
   * Compares a file with what it has to be.
   *
   * @throws CorruptException when it is anything else
   */
  static void verify(Path path, Blob expected) throws IOException {
    long size = Files.size(path);
    if (size != expected.length()) {
      throw new CorruptException(
          path.toString(),
          Math.min(size, expected.length()),
          "has " + size + " bytes, not " + expected.length());
    }
    if (!describe(path).equals(expected)) {
      throw new CorruptException(path.toString(), 0, "does not have the manifest's digest");
    }
  }

  /** Reads a whole file after {@link #verify}. */
  static byte[] read(Path path, Blob expected) throws IOException {
    verify(path, expected);
    try (InputStream in = Files.newInputStream(path)) {
      return in.readNBytes((int) expected.length());
    }
  }
}
