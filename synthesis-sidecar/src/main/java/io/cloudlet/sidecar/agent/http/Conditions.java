package io.cloudlet.sidecar.agent.http;

import com.sun.net.httpserver.Headers;
import java.util.List;
import java.util.Optional;

/**
 * The conditions of a request about one version of a file (RFC 9110, 13). There are no dates: files
 * have strong ETags.
 *
 * @param headers of the request
 * @param etag of the file, with its quotes
 */
record Conditions(Headers headers, String etag) {
  /** Whether If-Match demands another version. */
  boolean failed() {
    List<String> wanted = headers.get("If-Match");
    return wanted != null && !matches(wanted, false);
  }

  /** Whether the client says that it has this version already. */
  boolean known() {
    List<String> known = headers.get("If-None-Match");
    return known != null && matches(known, true);
  }

  /** The range that the client wants of this version; empty when it wants all. */
  Optional<ByteRange> range() {
    List<String> ranges = headers.get("Range");
    List<String> versions = headers.get("If-Range");
    boolean same = versions == null || versions.equals(List.of(etag));
    return ranges != null && ranges.size() == 1 && same
        ? ByteRange.parse(ranges.getFirst())
        : Optional.empty();
  }

  /** An ETag has no comma here, so a list may be cut at them. */
  private boolean matches(List<String> lists, boolean weakly) {
    for (String list : lists) {
      for (String tag : list.split(",", -1)) {
        String found = tag.strip();
        boolean same = found.equals(etag) || (weakly && found.equals("W/" + etag));
        if (same || found.equals("*")) {
          return true;
        }
      }
    }
    return false;
  }
}
