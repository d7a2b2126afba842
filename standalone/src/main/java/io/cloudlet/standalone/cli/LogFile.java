package io.cloudlet.standalone.cli;

import io.cloudlet.sidecar.image.Folders;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Objects;

/**
 * Where operator, agents and their libraries write what they think.
 *
 * @param path the newest part; older ones lie beside it
 */
record LogFile(Path path) {
  private static final String CONFIGURATION = "logback.configurationFile";

  /** Has to come before the first use of a class that logs; what the user has set stays. */
  void use() throws IOException {
    Folders.create(path.toAbsolutePath().resolveSibling("."));
    System.setProperty("cloudlet.log", path.toString());
    if (System.getProperty(CONFIGURATION) == null) {
      System.setProperty(
          CONFIGURATION,
          Objects.requireNonNull(LogFile.class.getResource("/io/cloudlet/standalone/logback.xml"))
              .toString());
    }
  }
}
