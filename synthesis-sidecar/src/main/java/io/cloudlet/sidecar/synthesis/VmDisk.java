package io.cloudlet.sidecar.synthesis;

import io.cloudlet.sidecar.base.BaseVm;
import io.cloudlet.sidecar.image.BackingFormat;
import io.cloudlet.sidecar.image.ImageId;
import io.cloudlet.sidecar.image.MappedImage;
import io.cloudlet.sidecar.image.Qcow2Writer;
import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Set;

/**
 * A qcow2 file of a VM that is about to be resumed: empty at first, so that QEMU can open it. Its
 * pages may come into the same file until QEMU has the state of the devices: then it looks at the
 * tables again. Closing removes the file unless it is kept.
 */
final class VmDisk implements AutoCloseable {
  private final Path path;
  private final FileChannel channel;
  private boolean kept;

  private VmDisk(Path path, FileChannel channel) {
    this.path = path;
    this.channel = channel;
  }

  /** Makes an empty layer over the base's disk. */
  static VmDisk create(BaseVm base, Path path) throws IOException {
    MappedImage backing = base.image(ImageId.FIRST_DISK);
    return create(path, backing.length(), DiskSink.name(backing.path()), BackingFormat.RAW);
  }

  /**
   * Makes an empty layer over a qcow2 file of the same folder, which it names without the folder:
   * both may be moved together.
   *
   * @param length bytes of the disk
   */
  static VmDisk over(Path below, long length, Path path) throws IOException {
    return create(path, length, below.getFileName().toString(), BackingFormat.QCOW2);
  }

  private static VmDisk create(Path path, long length, String backing, BackingFormat format)
      throws IOException {
    FileChannel channel =
        FileChannel.open(
            path,
            Set.of(
                StandardOpenOption.CREATE,
                StandardOpenOption.TRUNCATE_EXISTING,
                StandardOpenOption.WRITE,
                LinkOption.NOFOLLOW_LINKS),
            PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rw-------")));
    VmDisk disk = new VmDisk(path, channel);
    try {
      Qcow2Writer.writeEmpty(channel, length, backing, format);
      return disk;
    } catch (IOException | RuntimeException e) {
      disk.close();
      throw e;
    }
  }

  /** To write the layer's pages and tables to. */
  FileChannel channel() {
    return channel;
  }

  /** The VM runs: the file is its own now. */
  void keep() {
    kept = true;
  }

  @Override
  public void close() throws IOException {
    channel.close();
    if (!kept) {
      Files.deleteIfExists(path);
    }
  }
}
