package io.cloudlet.sidecar.synthesis;

import io.cloudlet.sidecar.image.BootId;
import io.cloudlet.sidecar.image.Folders;
import io.cloudlet.sidecar.image.Page;
import io.cloudlet.sidecar.overlay.ImageRuns;
import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * The files of one synthesised overlay: blocks of guest memory whole, disks as qcow2 layers. None
 * of them is ever changed.
 *
 * @param folder named after the overlay's root digest
 */
public record CacheFiles(Path folder) {
  private static final String DURABLE = "durable";
  private static final Pattern COUNTED = Pattern.compile("[a-z0-9]+\\.bytes-(\\d{1,18})");

  /**
   * The whole content of a block of guest memory.
   *
   * @param image its ordinal in the overlay's manifest
   */
  public Path memory(int image) {
    return folder.resolve("memory-" + image + ".raw");
  }

  /**
   * The qcow2 layer of a disk, over the base's raw disk; may be missing.
   *
   * @param image its ordinal in the overlay's manifest
   */
  public Path disk(int image) {
    return folder.resolve("disk-" + image + ".qcow2");
  }

  /**
   * Bytes that the files take on disk, as their makers counted them: asking the file system for the
   * holes of a file that is still being written out takes seconds.
   */
  long bytes() throws IOException {
    long sum = 0;
    for (Path file : files()) {
      Matcher counted = COUNTED.matcher(file.getFileName().toString());
      if (counted.matches()) {
        sum += Long.parseLong(counted.group(1));
      }
    }
    return sum;
  }

  /**
   * Adds to {@link #bytes}; a second time for the same part does nothing.
   *
   * @param part lower-case letters and digits
   */
  void count(String part, long bytes) throws IOException {
    // In the name of an empty file, which is there or is not: a kill cannot leave half of it.
    Path count = folder.resolve(part + ".bytes-" + bytes);
    if (!Files.exists(count)) {
      Files.createFile(count);
    }
  }

  /** Adds the layer of a disk to {@link #bytes}. */
  void countDisk(int image, ImageRuns changed) throws IOException {
    count("disk" + image, RunSets.of(changed).data().pages() << Page.SHIFT);
  }

  /**
   * Whether a VM uses a file: it has a hard link to it in its own folder. Links outlive every
   * crash, and vanish with the VM.
   */
  boolean inUse() throws IOException {
    for (Path file : files()) {
      if ((int) Files.getAttribute(file, "unix:nlink") > 1) {
        return true;
      }
    }
    return false;
  }

  /**
   * Whether the files are what was written: they have reached the disk, or the machine has been up
   * ever since.
   */
  boolean isTrusted() throws IOException {
    return Files.exists(folder.resolve(DURABLE)) || Files.exists(folder.resolve(boot()));
  }

  /** Notes that the files are right for as long as the machine is up. */
  void trustUntilReboot() throws IOException {
    Files.createFile(folder.resolve(boot()));
  }

  /** Returns when the files have reached the disk, which may take a while. */
  void force() throws IOException {
    for (Path file : files()) {
      try (FileChannel channel = FileChannel.open(file, StandardOpenOption.READ)) {
        channel.force(true);
      }
    }
    if (!Files.exists(folder.resolve(DURABLE))) {
      Files.createFile(folder.resolve(DURABLE));
    }
    Folders.force(folder);
  }

  private static String boot() throws IOException {
    return "boot-" + BootId.current();
  }

  /** Begins a file; guest memory is private data. */
  static FileChannel create(Path file) throws IOException {
    return FileChannel.open(
        file,
        Set.of(StandardOpenOption.CREATE_NEW, StandardOpenOption.WRITE),
        PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rw-------")));
  }

  private List<Path> files() throws IOException {
    List<Path> files = new ArrayList<>();
    try (DirectoryStream<Path> entries = Files.newDirectoryStream(folder)) {
      entries.forEach(files::add);
    }
    return files;
  }
}
