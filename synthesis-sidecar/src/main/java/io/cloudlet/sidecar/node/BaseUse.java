package io.cloudlet.sidecar.node;

import io.cloudlet.sidecar.image.Digest;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.time.Instant;

/** When a base VM was used last: the time of its folder, whose files never change. */
public final class BaseUse {
  private BaseUse() {}

  /** It is used now. */
  public static void note(DataDirectory data, Digest base) throws IOException {
    try {
      Files.setLastModifiedTime(folder(data, base), FileTime.from(Instant.now()));
    } catch (NoSuchFileException e) {
      // It has just been removed, so nobody will ask.
    }
  }

  /** When it was used last, or came to this machine. */
  public static Instant last(DataDirectory data, Digest base) throws IOException {
    return Files.getLastModifiedTime(folder(data, base)).toInstant();
  }

  private static Path folder(DataDirectory data, Digest base) {
    return data.bases().resolve(base.hex());
  }
}
