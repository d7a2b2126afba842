package io.cloudlet.sidecar.kubelet;

import io.cloudlet.sidecar.image.CloudletException;
import io.cloudlet.sidecar.image.ImageCopy;
import io.cloudlet.sidecar.image.PinnedFile;
import java.io.IOException;
import java.nio.file.FileSystemException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;

/**
 * A folder of a pod into which this program lays files. What runs in the pod is another user, who
 * may do in the folder what it likes once it runs: nothing that is found there is followed.
 *
 * @param path on this node
 * @param group what the pod's user belongs to, as does this program; -1 for its own group
 */
public record PodFolder(Path path, int group) {
  private static final String READABLE = "rw-r-----";
  private static final String WRITABLE = "rw-rw----";

  /** Whether the pod is set up and has not ended. */
  public boolean exists() {
    return Files.isDirectory(path, LinkOption.NOFOLLOW_LINKS);
  }

  /** A file of it. */
  public Path file(String name) {
    return path.resolve(name);
  }

  /**
   * Puts a file there for reading: the file itself where both lie in one file system and under one
   * mount, else its blocks where the file system shares such, else its content without the holes.
   */
  public Laid lay(Path file, String name) throws IOException {
    if (link(file, name)) {
      return Laid.LINKED;
    }
    copy(file, name);
    return Laid.COPIED;
  }

  /** Puts a copy of a file there, for reading. */
  public void copy(Path file, String name) throws IOException {
    Files.deleteIfExists(file(name));
    ImageCopy.copy(file, file(name));
    grant(file(name), READABLE);
  }

  /**
   * Puts a hard link to a file there, for reading. The file's group and mode become such that the
   * pod can: a link has none of its own.
   *
   * @return whether it could; if not, there is none
   */
  public boolean link(Path file, String name) throws IOException {
    Files.deleteIfExists(file(name));
    grant(file, READABLE);
    try {
      Files.createLink(file(name), file);
      return true;
    } catch (NoSuchFileException e) {
      throw e;
    } catch (FileSystemException | UnsupportedOperationException e) {
      return false;
    }
  }

  /**
   * Whether hard links lead from a folder of this program to this one. Two folders of one file
   * system may lie under different mounts, or different quotas.
   */
  public boolean linksFrom(Path folder) throws IOException {
    Path probe = Files.createTempFile(folder, ".probe", "");
    Path link = file(String.valueOf(probe.getFileName()));
    try {
      Files.createLink(link, probe);
      Files.delete(link);
      return true;
    } catch (NoSuchFileException e) {
      throw e;
    } catch (FileSystemException | UnsupportedOperationException e) {
      return false;
    } finally {
      Files.delete(probe);
    }
  }

  /** Lets the pod write a file that this program has made there. */
  public void give(String name) throws IOException {
    grant(file(name), WRITABLE);
  }

  /** Lets the pod read a file that this program has made there. */
  public void show(String name) throws IOException {
    grant(file(name), READABLE);
  }

  private void grant(Path file, String mode) throws IOException {
    // By a name that the pod cannot lead elsewhere meanwhile.
    try (PinnedFile pinned = PinnedFile.of(file)) {
      if (!pinned.isFile()) {
        throw new CloudletException(file + " is no file; the pod has put it there: delete the pod");
      }
      if (group >= 0 && (int) Files.getAttribute(pinned.path(), "unix:gid") != group) {
        Files.setAttribute(pinned.path(), "unix:gid", group);
      }
      Files.setPosixFilePermissions(pinned.path(), PosixFilePermissions.fromString(mode));
    }
  }
}
