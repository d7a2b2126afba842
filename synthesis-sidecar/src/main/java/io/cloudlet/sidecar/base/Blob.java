package io.cloudlet.sidecar.base;

import io.cloudlet.sidecar.image.Digest;
import java.util.Objects;

/**
 * A file of a base VM that has no pages: kept and compared as a whole.
 *
 * @param length bytes, 0 to {@link #MAX_LENGTH}
 * @param digest SHA-256 of its bytes
 */
public record Blob(long length, Digest digest) {
  /** 1 GiB: an initial RAM disk may be large. */
  public static final long MAX_LENGTH = 1L << 30;

  /** 64 MiB: what is read into memory as a whole. */
  public static final long MAX_IN_MEMORY = 64L << 20;

  /** Checks the length. */
  public Blob {
    Objects.requireNonNull(digest, "digest");
    if (length < 0 || length > MAX_LENGTH) {
      throw new IllegalArgumentException("a blob has 0 to " + MAX_LENGTH + " bytes: " + length);
    }
  }

  /** Describes bytes. */
  public static Blob of(byte[] bytes) {
    return new Blob(bytes.length, Digest.sha256(bytes));
  }
}
