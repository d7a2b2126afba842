package io.cloudlet.standalone.image;

import io.cloudlet.sidecar.image.CloudletException;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Enumeration;
import java.util.List;
import java.util.Optional;
import java.util.Properties;
import java.util.jar.JarEntry;
import java.util.jar.JarFile;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/**
 * The jars of the built program: its own, and the libraries in the folder {@code lib} beside it.
 *
 * @param built the folder of the build
 * @param version of the project
 */
record ProgramJars(Path built, String version) {
  private static final Pattern NAME = Pattern.compile("(.+?)-(\\d[^/]*)\\.jar");
  private static final Pattern COORDINATES =
      Pattern.compile("META-INF/maven/[^/]+/[^/]+/pom\\.properties");

  /** What only the agent and the commands need. The operator works without, with fewer risks. */
  private static final Pattern NOT_THE_OPERATORS =
      Pattern.compile(
          "(cloudlet-standalone|cloudlet-synthesis-sidecar|picocli|zstd-jni|kube-api-test"
              + "|commons-codec|commons-compress|commons-io|commons-lang3)-\\d.*");

  /** Those of an image, in the order of their names. */
  List<Path> of(boolean everyJar) throws IOException {
    Path program = built.resolve("cloudlet-standalone-" + version + ".jar");
    Path libraries = built.resolve("lib");
    if (!Files.exists(program) || !Files.isDirectory(libraries)) {
      throw new CloudletException(
          "there is no built program in " + built + "; run this by the script ./cloudlet");
    }
    List<Path> jars = new ArrayList<>();
    try (Stream<Path> found = Files.list(libraries)) {
      found.filter(jar -> jar.toString().endsWith(".jar")).forEach(jars::add);
    }
    jars.add(program);
    return jars.stream()
        .filter(jar -> everyJar || !NOT_THE_OPERATORS.matcher(nameOf(jar)).matches())
        .sorted()
        .toList();
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
