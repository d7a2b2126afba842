package io.cloudlet.sidecar.node;

import io.cloudlet.sidecar.image.Qcow2Writer;
import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Set;

/** A qcow2 file that holds nothing yet: what a guest writes comes there, and not into its base. */
final class EmptyLayer {
  private EmptyLayer() {}

  /**
   * Makes one, which its owner alone may read.
   *
   * @param disk raw; the layer refers to it by its absolute path
   * @param layer does not exist yet
   */
  static void create(Path disk, Path layer) throws IOException {
    try (FileChannel channel =
        FileChannel.open(
            layer,
            Set.of(StandardOpenOption.CREATE_NEW, StandardOpenOption.WRITE),
            PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rw-------")))) {
      Qcow2Writer.writeEmpty(channel, Files.size(disk), disk.toAbsolutePath().toString());
    }
  }
}
