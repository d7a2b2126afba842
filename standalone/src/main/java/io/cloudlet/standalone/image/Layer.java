package io.cloudlet.standalone.image;

import java.io.IOException;
import java.nio.file.FileVisitResult;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.SimpleFileVisitor;
import java.nio.file.attribute.BasicFileAttributes;
import java.nio.file.attribute.PosixFilePermission;
import java.util.Collections;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.function.Predicate;

/**
 * One layer of an image, by path. Paths are relative to the root, without a slash at either end.
 * Not thread-safe.
 */
final class Layer {
  private static final int PLAIN_FOLDER = 0755;

  /** In this order of paths they are written: a folder comes before what is in it. */
  private final SortedMap<String, LayerEntry> entries = new TreeMap<>();

  private final String name;

  /** An empty one; the name is for people. */
  Layer(String name) {
    this.name = name;
  }

  String name() {
    return name;
  }

  SortedMap<String, LayerEntry> entries() {
    return Collections.unmodifiableSortedMap(entries);
  }

  /** Puts an entry under a path, and the folders above it where there are none. */
  Layer put(String path, LayerEntry entry) {
    String real = MergedUsr.of(path);
    int slash = real.lastIndexOf('/');
    if (slash > 0 && !entries.containsKey(real.substring(0, slash))) {
      put(real.substring(0, slash), new LayerEntry.Folder(PLAIN_FOLDER));
    }
    entries.put(real, entry);
    return this;
  }

  /**
   * Puts all that lies in a folder of this machine under a path, the root if that is empty.
   *
   * @param wanted by the path in the image
   */
  Layer putTree(String under, Path root, Predicate<String> wanted) throws IOException {
    Files.walkFileTree(
        root,
        new SimpleFileVisitor<>() {
          @Override
          public FileVisitResult preVisitDirectory(Path folder, BasicFileAttributes attributes)
              throws IOException {
            return add(folder, attributes);
          }

          @Override
          public FileVisitResult visitFile(Path file, BasicFileAttributes attributes)
              throws IOException {
            return add(file, attributes);
          }

          private FileVisitResult add(Path file, BasicFileAttributes attributes)
              throws IOException {
            String path = join(under, root.relativize(file).toString());
            if (!path.isEmpty() && !MergedUsr.isLink(path) && wanted.test(path)) {
              put(path, entry(file, attributes));
            }
            return FileVisitResult.CONTINUE;
          }
        });
    return this;
  }

  private static String join(String under, String path) {
    return under.isEmpty() || path.isEmpty() ? under + path : under + "/" + path;
  }

  private static LayerEntry entry(Path file, BasicFileAttributes attributes) throws IOException {
    if (attributes.isSymbolicLink()) {
      return new LayerEntry.Link(Files.readSymbolicLink(file).toString());
    }
    if (attributes.isDirectory()) {
      return new LayerEntry.Folder(PLAIN_FOLDER);
    }
    // What may be run may be run by everybody, and nobody may write; nothing changes its user.
    Set<PosixFilePermission> permissions = Files.getPosixFilePermissions(file);
    boolean runs = permissions.contains(PosixFilePermission.OWNER_EXECUTE);
    return new LayerEntry.Copied(file, runs ? 0755 : 0644);
  }
}
