package io.cloudlet.sidecar.guest;

import java.io.IOException;
import java.io.RandomAccessFile;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;

/** Makes raw sparse disk images with an ext4 file system, without mounting anything. */
final class Ext4Disk {
  private static final Duration FORMATTING = Duration.ofMinutes(10);

  private Ext4Disk() {}

  /**
   * Makes a disk that holds a copy of a tree. The root folder belongs to root, the rest to whom it
   * belongs in the tree.
   *
   * @param bytes size of the disk
   */
  static void create(Path disk, long bytes, Path tree) throws IOException {
    HostProgram mke2fs = HostProgram.find("mke2fs", "e2fsprogs", FORMATTING);
    try (RandomAccessFile file = new RandomAccessFile(disk.toFile(), "rw")) {
      file.setLength(bytes);
    }
    // Inode tables and journal are written now, not later by a thread of the guest's kernel: a base
    // that changes by itself would make overlays larger.
    mke2fs.run(
        tree,
        List.of(
            "-q",
            "-F",
            "-t",
            "ext4",
            "-L",
            "root",
            "-E",
            "root_owner=0:0,lazy_itable_init=0,lazy_journal_init=0,nodiscard",
            "-d",
            tree.toString(),
            disk.toString()));
  }
}
