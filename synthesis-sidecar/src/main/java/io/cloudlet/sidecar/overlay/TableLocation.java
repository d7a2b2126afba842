package io.cloudlet.sidecar.overlay;

import io.cloudlet.sidecar.image.Digest;

/**
 * Where one of the tables lies.
 *
 * @param offset first byte in the file
 * @param stored bytes in the file
 * @param unpacked bytes of its content
 * @param digest SHA-256 of the stored bytes
 */
record TableLocation(long offset, long stored, long unpacked, Digest digest) {
  long end() {
    return offset + stored;
  }
}
