package io.cloudlet.sidecar.guest;

import io.cloudlet.sidecar.image.Digest;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.security.MessageDigest;
import java.util.List;

/** Files of a guest which this program carries with it. */
final class GuestResources {
  private final String folder;

  /** Resources below a folder of this package: names and slashes. */
  GuestResources(String folder) {
    if (folder.contains(".")) {
      // Such paths lead somewhere in a folder of classes, but nowhere in a jar.
      throw new IllegalArgumentException("no plain path: " + folder);
    }
    this.folder = folder;
  }

  /** A file's content. */
  byte[] read(String name) throws IOException {
    // Normalised: a jar, unlike a folder of classes, knows no "." in a path.
    String path = Path.of(folder, name).normalize().toString();
    try (InputStream in = GuestResources.class.getResourceAsStream(path)) {
      if (in == null) {
        throw new IllegalArgumentException("no resource " + path);
      }
      return in.readAllBytes();
    }
  }

  /** Copies a file to {@code target}, making its folder. Scripts ({@code #!}) become executable. */
  void copy(String name, Path target) throws IOException {
    byte[] content = read(name);
    Files.createDirectories(target.resolveSibling("."));
    Files.write(target, content);
    boolean script = content.length > 2 && content[0] == '#' && content[1] == '!';
    Files.setPosixFilePermissions(
        target, PosixFilePermissions.fromString(script ? "rwxr-xr-x" : "rw-r--r--"));
  }

  /** A digest over files and over the classes that put them together. */
  Digest digest(List<String> names, List<Class<?>> builders) {
    MessageDigest sha256 = Digest.newSha256();
    try {
      for (String name : names) {
        sha256.update(Digest.sha256(read(name)).bytes());
      }
      for (Class<?> builder : builders) {
        sha256.update(Digest.sha256(classFile(builder)).bytes());
      }
    } catch (IOException e) {
      throw new UncheckedIOException("this program's own jar cannot be read", e);
    }
    return Digest.of(sha256.digest());
  }

  private static byte[] classFile(Class<?> type) throws IOException {
    try (InputStream in = type.getResourceAsStream(type.getSimpleName() + ".class")) {
      return in == null ? new byte[0] : in.readAllBytes();
    }
  }
}
