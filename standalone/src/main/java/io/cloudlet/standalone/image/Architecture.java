package io.cloudlet.standalone.image;

import io.cloudlet.sidecar.image.CloudletException;

/**
 * A processor that images can be made for.
 *
 * @param image what registries and Debian call it
 */
record Architecture(String image) {
  /** Images are for the machine that makes them. */
  static Architecture ofThisMachine() throws CloudletException {
    return of(System.getProperty("os.arch"));
  }

  /** By what a JDK calls the machine that it was made for. */
  static Architecture of(String machine) throws CloudletException {
    return switch (machine) {
      case "amd64", "x86_64" -> new Architecture("amd64");
      case "aarch64" -> new Architecture("arm64");
      default ->
          throw new CloudletException(
              "images are made for amd64 and arm64, not for " + machine + "; use such a machine");
    };
  }
}
