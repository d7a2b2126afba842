package io.cloudlet.standalone.image;

import io.cloudlet.sidecar.guest.BuildProgress;
import io.cloudlet.sidecar.guest.HostProgram;
import io.cloudlet.sidecar.image.CloudletException;
import io.cloudlet.sidecar.image.Partials;
import io.cloudlet.sidecar.node.ResourceLock;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Properties;

/** The part of a JDK that Cloudlet needs, linked once and kept. */
final class JavaRuntime {
  private static final Duration LINKING = Duration.ofMinutes(10);

  /** What jdeps finds in the jars, elliptic curves for TLS, and the log of a running program. */
  private static final List<String> MODULES =
      List.of(
          "java.base",
          "java.desktop",
          "java.logging",
          "java.management",
          "java.naming",
          "java.net.http",
          "java.sql",
          "java.xml",
          "jdk.crypto.ec",
          "jdk.httpserver",
          "jdk.management",
          "jdk.unsupported");

  private static final List<String> OPTIONS =
      List.of(
          "--strip-debug",
          "--no-header-files",
          "--no-man-pages",
          "--compress",
          "zip-6",
          "--add-modules",
          String.join(",", MODULES));

  private final Path jdk;
  private final Path cache;

  /** Of a JDK with jlink in it. */
  JavaRuntime(Path jdk, Path cache) {
    this.jdk = jdk;
    this.cache = cache;
  }

  /** The folder of the runtime. */
  Path linked(BuildProgress progress) throws IOException {
    String made = Files.readString(release()) + String.join(" ", OPTIONS);
    String hash = Sha256.of(made.getBytes(StandardCharsets.UTF_8)).substring(0, 16);
    Path target = cache.resolve("java-" + hash);
    if (Files.isDirectory(target)) {
      return target;
    }
    try (ResourceLock _ =
        ResourceLock.await(cache, ".java.lock", "the cache " + cache, "images", LINKING)) {
      if (!Files.isDirectory(target)) {
        progress.step("linking a Java runtime");
        Partials.clean(cache);
        link(target);
      }
    }
    return target;
  }

  private void link(Path target) throws IOException {
    Path partial = Partials.siblingOf(target);
    try {
      HostProgram jlink = new HostProgram(jdk.resolve("bin/jlink"), LINKING);
      List<String> arguments = new ArrayList<>(OPTIONS);
      arguments.addAll(List.of("--output", partial.toString()));
      jlink.run(Path.of("/"), arguments);
      Files.move(partial, target, StandardCopyOption.ATOMIC_MOVE);
    } finally {
      Partials.deleteTree(partial);
    }
  }

  /** The JDK, for the bill of materials. */
  Component component() throws IOException {
    Properties release = new Properties();
    try (var in = Files.newBufferedReader(release())) {
      release.load(in);
    }
    return new Component(
        "platform",
        Optional.empty(),
        "OpenJDK (" + value(release, "IMPLEMENTOR") + ")",
        value(release, "JAVA_RUNTIME_VERSION"),
        Optional.empty(),
        Optional.empty());
  }

  private static String value(Properties release, String key) {
    return release.getProperty(key, "unknown").replace("\"", "");
  }

  private Path release() throws CloudletException {
    Path release = jdk.resolve("release");
    if (!Files.isExecutable(jdk.resolve("bin/jlink")) || !Files.exists(release)) {
      throw new CloudletException(
          jdk + " has no jlink; set JAVA_HOME to a whole JDK, not only a Java runtime");
    }
    return release;
  }
}
