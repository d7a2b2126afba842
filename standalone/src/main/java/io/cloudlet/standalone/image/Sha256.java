package io.cloudlet.standalone.image;

import io.cloudlet.sidecar.image.Digest;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.DigestInputStream;
import java.security.MessageDigest;
import java.util.HexFormat;

/** The digest by which images name their parts, in hexadecimal digits. */
final class Sha256 {
  private Sha256() {}

  /** Of a file. */
  static String of(Path file) throws IOException {
    MessageDigest digest = Digest.newSha256();
    try (InputStream in = new DigestInputStream(Files.newInputStream(file), digest)) {
      in.transferTo(OutputStream.nullOutputStream());
    }
    return HexFormat.of().formatHex(digest.digest());
  }

  /** Of bytes at hand. */
  static String of(byte[] bytes) {
    return HexFormat.of().formatHex(Digest.newSha256().digest(bytes));
  }
}
