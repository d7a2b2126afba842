package io.cloudlet.sidecar.image;

import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.PosixFilePermissions;

/** Folders of private data, and their way to the disk. */
public final class Folders {
  private Folders() {}

  /** Makes a folder with mode 0700, and those above it that are missing. */
  public static Path create(Path folder) throws IOException {
    try {
      return Files.createDirectories(
          folder,
          PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rwx------")));
    } catch (FileAlreadyExistsException e) {
      throw new CloudletException(e.getFile() + " is not a folder; name another place", e);
    }
  }

  /** Returns when the names in a folder are on the disk. */
  public static void force(Path folder) throws IOException {
    try (FileChannel channel = FileChannel.open(folder, StandardOpenOption.READ)) {
      channel.force(true);
    }
  }
}
