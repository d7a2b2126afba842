package io.cloudlet.standalone.image;

import io.cloudlet.sidecar.image.CloudletException;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Enumeration;
import java.util.List;
import java.util.Optional;
import java.util.Properties;
import java.util.Set;
import java.util.SortedSet;
import java.util.TreeSet;
import java.util.jar.Attributes;
import java.util.jar.JarEntry;
import java.util.jar.JarFile;
import java.util.jar.Manifest;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * The jars of the built program: its own, and the libraries in the folder {@code lib} beside it. Of
 * these an image has what one of the parts names in its manifest as its class path.
 *
 * @param built the folder of the build
 * @param version of the project
 */
record ProgramJars(Path built, String version) {
  private static final Pattern NAME = Pattern.compile("(.+?)-(\\d[^/]*)\\.jar");
  private static final Pattern COORDINATES =
      Pattern.compile("META-INF/maven/[^/]+/[^/]+/pom\\.properties");

  /**
   * A part and what it needs, in the order of their names.
   *
   * @param artifact name of the part
   */
  List<Path> of(String artifact) throws IOException {
    Path libraries = built.resolve("lib");
    Path part = libraries.resolve(artifact + "-" + version + ".jar");
    if (!Files.exists(part)) {
      throw new CloudletException(
          "there is no built program in " + built + "; run this by the script ./cloudlet");
    }
    SortedSet<Path> jars = new TreeSet<>(Set.of(part));
    for (String needed : classPath(part)) {
      Path jar = libraries.resolve(Path.of(needed).getFileName());
      if (!Files.exists(jar)) {
        throw new CloudletException(
            part + " needs " + nameOf(jar) + ", which is not beside it; build all of it again");
      }
      jars.add(jar);
    }
    return List.copyOf(jars);
  }

  private static List<String> classPath(Path jar) throws IOException {
    try (JarFile file = new JarFile(jar.toFile())) {
      Manifest manifest = file.getManifest();
      String path =
          manifest == null
              ? null
              : manifest.getMainAttributes().getValue(Attributes.Name.CLASS_PATH);
      if (path == null) {
        throw new CloudletException(jar + " names no class path in its manifest; build it again");
      }
      return path.isBlank() ? List.of() : List.of(path.strip().split(" +"));
    }
  }

  static String nameOf(Path jar) {
    return jar.getFileName().toString();
  }

  /** A jar, for the bill of materials: by what it says of itself, else by its name. */
  static Component component(Path jar) throws IOException {
    Matcher name = NAME.matcher(nameOf(jar));
    String artifact = name.matches() ? name.group(1) : nameOf(jar);
    String version = name.matches() ? name.group(2) : "unknown";
    Optional<String> group = group(jar, artifact);
    return new Component(
        "library",
        group,
        artifact,
        version,
        group.map(id -> "pkg:maven/" + id + "/" + artifact + "@" + version),
        Optional.of(Sha256.of(jar)));
  }

  /** A jar may carry the coordinates of others that were put into it: only its own count. */
  private static Optional<String> group(Path jar, String artifact) throws IOException {
    try (JarFile file = new JarFile(jar.toFile())) {
      Enumeration<JarEntry> entries = file.entries();
      while (entries.hasMoreElements()) {
        JarEntry entry = entries.nextElement();
        if (COORDINATES.matcher(entry.getName()).matches()) {
          Properties properties = new Properties();
          try (InputStream in = file.getInputStream(entry)) {
            properties.load(in);
          }
          if (artifact.equals(properties.getProperty("artifactId"))) {
            return Optional.ofNullable(properties.getProperty("groupId"));
          }
        }
      }
    }
    return Optional.empty();
  }
}
