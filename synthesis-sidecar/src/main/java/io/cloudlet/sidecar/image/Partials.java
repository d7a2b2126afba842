package io.cloudlet.sidecar.image;

import java.io.IOException;
import java.nio.file.DirectoryStream;
import java.nio.file.FileVisitResult;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.SimpleFileVisitor;
import java.nio.file.attribute.BasicFileAttributes;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.ArrayList;
import java.util.List;
import java.util.OptionalLong;
import java.util.concurrent.atomic.AtomicLong;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * Names of half-done files and folders, and the removal of those whose maker has died.
 *
 * <p>A name is {@code .partial-PID-START-N-REST}: the process that works on it, when that process
 * started (clock ticks since the boot), a counter, and the final name. The start tells a process
 * from a later one with the same number, which in a container is the rule and not the exception.
 */
public final class Partials {
  private static final Pattern NAME = Pattern.compile("\\.partial-(\\d{1,10})-(\\d{1,18})-.*");
  private static final AtomicLong COUNTER = new AtomicLong();

  private Partials() {}

  /** A fresh sibling of {@code target} to work on until it gets that name. */
  public static Path siblingOf(Path target) {
    long pid = ProcessHandle.current().pid();
    String name =
        String.format(
            ".partial-%d-%d-%d-%s",
            pid, ProcessStart.of(pid).orElse(0), COUNTER.incrementAndGet(), target.getFileName());
    return target.resolveSibling(name);
  }

  /** Whether a file's name is one of {@link #siblingOf}. */
  public static boolean isPartial(Path path) {
    return NAME.matcher(String.valueOf(path.getFileName())).matches();
  }

  /**
   * Removes what dead processes left in a folder; what living ones are working on stays.
   *
   * @return what was removed; empty when the folder does not exist
   */
  public static List<Path> clean(Path folder) throws IOException {
    List<Path> removed = abandoned(folder);
    for (Path entry : removed) {
      deleteTree(entry);
    }
    return removed;
  }

  /** What dead processes left in a folder; empty when the folder does not exist. */
  public static List<Path> abandoned(Path folder) throws IOException {
    List<Path> found = new ArrayList<>();
    if (!Files.isDirectory(folder)) {
      return found;
    }
    try (DirectoryStream<Path> entries = Files.newDirectoryStream(folder)) {
      for (Path entry : entries) {
        Matcher name = NAME.matcher(entry.getFileName().toString());
        if (name.matches() && !isAlive(name.group(1), name.group(2))) {
          found.add(entry);
        }
      }
    }
    return found;
  }

  /** Removes a file, or a folder with all that is in it, write-protected or not. */
  public static void deleteTree(Path root) throws IOException {
    try {
      Files.walkFileTree(root, new Deletion());
    } catch (NoSuchFileException e) {
      // Gone already: another process cleans as well.
    }
  }

  private static boolean isAlive(String pid, String start) {
    OptionalLong actual = ProcessStart.of(Long.parseLong(pid));
    return actual.isPresent() && actual.getAsLong() == Long.parseLong(start);
  }

  private static final class Deletion extends SimpleFileVisitor<Path> {
    @Override
    public FileVisitResult preVisitDirectory(Path folder, BasicFileAttributes attributes)
        throws IOException {
      Files.setPosixFilePermissions(folder, PosixFilePermissions.fromString("rwx------"));
      return FileVisitResult.CONTINUE;
    }

    @Override
    public FileVisitResult visitFile(Path file, BasicFileAttributes attributes) throws IOException {
      Files.deleteIfExists(file);
      return FileVisitResult.CONTINUE;
    }

    @Override
    public FileVisitResult postVisitDirectory(Path folder, @Nullable IOException failure)
        throws IOException {
      if (failure != null) {
        throw failure;
      }
      Files.deleteIfExists(folder);
      return FileVisitResult.CONTINUE;
    }
  }
}
