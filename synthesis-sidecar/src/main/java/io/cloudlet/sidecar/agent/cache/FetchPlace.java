package io.cloudlet.sidecar.agent.cache;

import io.cloudlet.sidecar.image.Allocated;
import io.cloudlet.sidecar.image.Digest;
import io.cloudlet.sidecar.node.DataDirectory;
import io.cloudlet.sidecar.node.Downloads;
import java.io.IOException;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;

/**
 * Where a package lies that is being fetched, whoever sends it and however often the fetch is
 * begun. What nobody goes on with is removed after a day, as all downloads are.
 *
 * @param begun the place of what has come so far, but for the endings of its name
 * @param complete the file when all has come, until it has been imported
 */
record FetchPlace(Path begun, Path complete) {
  static FetchPlace of(DataDirectory data, Digest base) {
    Path begun = data.temporary().resolve(Downloads.PACKAGE + base.hex());
    return new FetchPlace(begun, begun.resolveSibling(begun.getFileName() + ".download-complete"));
  }

  /** Bytes on disk that have come so far. */
  long bytes() throws IOException {
    try {
      return Allocated.bytes(begun.resolveSibling(begun.getFileName() + ".download"));
    } catch (NoSuchFileException e) {
      return 0;
    }
  }
}
