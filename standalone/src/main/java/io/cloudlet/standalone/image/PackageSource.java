package io.cloudlet.standalone.image;

import io.cloudlet.sidecar.guest.BuildProgress;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;

/** Where Debian packages come from. */
@FunctionalInterface
interface PackageSource {
  /**
   * Packages and all that they depend on, without what is only recommended.
   *
   * @return files of this machine, named NAME_VERSION_ARCHITECTURE.deb, in the order of the names
   */
  List<Path> fetch(List<String> names, BuildProgress progress) throws IOException;
}
