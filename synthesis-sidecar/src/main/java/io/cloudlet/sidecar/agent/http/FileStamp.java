package io.cloudlet.sidecar.agent.http;

import io.cloudlet.sidecar.image.CloudletException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.attribute.BasicFileAttributes;
import java.nio.file.attribute.FileTime;
import org.jspecify.annotations.Nullable;

/**
 * Tells a file from what it was before. Links are followed, so that a link to another file counts.
 *
 * @param key of the file system; null where it has none
 */
record FileStamp(@Nullable Object key, FileTime modified, long size) {
  /**
   * Of a file as it is now.
   *
   * @throws CloudletException when there is none
   */
  static FileStamp of(Path file) throws IOException {
    try {
      BasicFileAttributes now = Files.readAttributes(file, BasicFileAttributes.class);
      return new FileStamp(now.fileKey(), now.lastModifiedTime(), now.size());
    } catch (NoSuchFileException e) {
      throw new CloudletException("there is no file " + file + "; check the path", e);
    }
  }
}
