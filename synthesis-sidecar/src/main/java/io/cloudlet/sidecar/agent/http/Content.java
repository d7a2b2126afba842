package io.cloudlet.sidecar.agent.http;

import io.cloudlet.sidecar.image.Digest;
import java.nio.file.Path;

/**
 * A file to be given away. It never changes under its name; it may vanish.
 *
 * @param file where it lies
 * @param digest covers every byte of it, so that two files with the same digest are the same
 */
public record Content(Path file, Digest digest) {
  /** The strong validator of HTTP, with its quotes. */
  String etag() {
    return '"' + digest.hex() + '"';
  }
}
