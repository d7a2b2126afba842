package io.cloudlet.sidecar.node;

import java.io.IOException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;

/**
 * What has been fetched of packages and images so far. It outlives a command that died, so that the
 * next one for the same URL goes on; nobody keeps it for ever.
 */
public final class Downloads {
  /** Beginning of the names of packages; behind it follows what is fetched. */
  public static final String PACKAGE = "package-";

  static final String IMAGE = "image-";
  private static final String ALL = "{" + PACKAGE + "," + IMAGE + "}*.download*";
  private static final Duration KEPT = Duration.ofDays(1);

  private Downloads() {}

  /** Removes from a folder what no fetch has written to for a day. */
  public static List<Path> removeOld(Path folder, Instant now) throws IOException {
    List<Path> removed = new ArrayList<>();
    try (DirectoryStream<Path> files = Files.newDirectoryStream(folder, ALL)) {
      for (Path file : files) {
        if (isOld(file, now) && Files.deleteIfExists(file)) {
          removed.add(file);
        }
      }
    }
    return removed;
  }

  private static boolean isOld(Path file, Instant now) throws IOException {
    try {
      return Files.getLastModifiedTime(file).toInstant().isBefore(now.minus(KEPT));
    } catch (NoSuchFileException e) {
      return false; // Its command has just completed it.
    }
  }
}
