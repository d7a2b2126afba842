package io.cloudlet.sidecar.overlay;

import com.fasterxml.jackson.annotation.JsonCreator;
import com.fasterxml.jackson.annotation.JsonProperty;
import io.cloudlet.sidecar.image.Digest;
import java.util.Objects;

/**
 * Opaque bytes that belong to a state, such as the state of its devices.
 *
 * @param name what it is
 * @param offset first byte in the file
 * @param stored bytes in the file
 * @param length bytes of its content
 * @param digest SHA-256 of the stored bytes
 */
public record Blob(BlobName name, long offset, long stored, long length, Digest digest) {
  /** Checks that nothing is missing. */
  public Blob {
    Objects.requireNonNull(name, "blobs.name");
    Objects.requireNonNull(digest, "blobs.digest");
  }

  @JsonCreator
  static Blob parse(
      @JsonProperty("name") String name,
      @JsonProperty("offset") long offset,
      @JsonProperty("stored") long stored,
      @JsonProperty("length") long length,
      @JsonProperty("digest") String digest) {
    return new Blob(BlobName.parse(name), offset, stored, length, Digest.parse(digest));
  }
}
