package io.cloudlet.standalone.image;

import io.cloudlet.sidecar.image.CloudletException;

/**
 * A processor that images can be made for.
 *
 * @param image what registries and Debian call it
 * @param qemu the package that emulates a machine of this kind
 */
record Architecture(String image, String qemu) {
  /** Images are for the machine that makes them. */
  static Architecture ofThisMachine() throws CloudletException {
    String machine = System.getProperty("os.arch");
    return switch (machine) {
      case "amd64", "x86_64" -> new Architecture("amd64", "qemu-system-x86");
      case "aarch64" -> new Architecture("arm64", "qemu-system-arm");
      default ->
          throw new CloudletException(
              "images are made for amd64 and arm64, not for " + machine + "; use such a machine");
    };
  }
}
