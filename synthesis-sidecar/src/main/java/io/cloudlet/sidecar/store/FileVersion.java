package io.cloudlet.sidecar.store;

import java.net.http.HttpHeaders;
import java.util.Optional;

/**
 * What tells one version of a remote file from another.
 *
 * @param length bytes of the file
 * @param etag the ETag header
 * @param lastModified the Last-Modified header
 */
record FileVersion(long length, Optional<String> etag, Optional<String> lastModified) {

  static FileVersion of(long length, HttpHeaders headers) {
    return new FileVersion(length, headers.firstValue("ETag"), headers.firstValue("Last-Modified"));
  }

  /** Value of an If-Range header. A weak ETag may not be used there (RFC 9110, 13.1.5). */
  Optional<String> ifRange() {
    return etag.filter(tag -> !tag.startsWith("W/")).or(() -> lastModified);
  }

  /** What differs in a later answer, for a person; empty when nothing shows a difference. */
  Optional<String> differenceTo(FileVersion later) {
    if (length != later.length) {
      return Optional.of("its length was " + length + " and is " + later.length);
    }
    if (etag.isPresent() && later.etag.isPresent() && !etag.equals(later.etag)) {
      return Optional.of("its ETag was " + etag.get() + " and is " + later.etag.get());
    }
    // Servers behind one name may disagree about the time, not about the ETag.
    if (etag.isEmpty() && later.lastModified.isPresent() && lastModified.isPresent()) {
      return lastModified.equals(later.lastModified)
          ? Optional.empty()
          : Optional.of("it was modified " + later.lastModified.get());
    }
    return Optional.empty();
  }
}
