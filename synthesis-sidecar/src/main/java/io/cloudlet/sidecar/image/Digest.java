package io.cloudlet.sidecar.image;

import com.fasterxml.jackson.annotation.JsonCreator;
import com.fasterxml.jackson.annotation.JsonValue;
import java.nio.ByteBuffer;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;

/**
 * A SHA-256 digest; prints and parses as {@code sha256:} and 64 hexadecimal digits.
 *
 * @param hex 64 lower-case hexadecimal digits
 */
public record Digest(String hex) {
  /** Bytes of a digest. */
  public static final int BYTES = 32;

  private static final String PREFIX = "sha256:";

  /** Checks the digits. */
  public Digest {
    if (hex.length() != 2 * BYTES || !hex.chars().allMatch(Digest::isLowerHex)) {
      throw new IllegalArgumentException("no SHA-256 digest: " + hex);
    }
  }

  /** The digest with these 32 bytes. */
  public static Digest of(byte[] digest) {
    return new Digest(HexFormat.of().formatHex(digest));
  }

  /** Reads {@code sha256:HEX}. */
  @JsonCreator
  public static Digest parse(String text) {
    if (!text.startsWith(PREFIX)) {
      throw new IllegalArgumentException("a digest begins with " + PREFIX + ": " + text);
    }
    return new Digest(text.substring(PREFIX.length()));
  }

  /** The digest of a buffer's remaining bytes; the buffer's position does not move. */
  public static Digest sha256(ByteBuffer data) {
    MessageDigest sha256 = newSha256();
    sha256.update(data.duplicate());
    return of(sha256.digest());
  }

  /** The digest of an array. */
  public static Digest sha256(byte[] data) {
    return sha256(ByteBuffer.wrap(data));
  }

  /** A fresh SHA-256 state; every Java platform has the algorithm. */
  public static MessageDigest newSha256() {
    try {
      return MessageDigest.getInstance("SHA-256");
    } catch (NoSuchAlgorithmException e) {
      throw new AssertionError(e);
    }
  }

  /** The 32 bytes. */
  public byte[] bytes() {
    return HexFormat.of().parseHex(hex);
  }

  /** Enough digits to tell digests apart on a terminal. */
  public String shortHex() {
    return hex.substring(0, 12);
  }

  @JsonValue
  @Override
  public String toString() {
    return PREFIX + hex;
  }

  private static boolean isLowerHex(int c) {
    return (c >= '0' && c <= '9') || (c >= 'a' && c <= 'f');
  }
}
