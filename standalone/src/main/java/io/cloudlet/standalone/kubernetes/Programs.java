package io.cloudlet.standalone.kubernetes;

import io.cloudlet.sidecar.image.CloudletException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

/**
 * The programs of Kubernetes that an API server takes.
 *
 * @param folder where they lie
 */
public record Programs(Path folder) {
  /** What the folder has to hold. */
  static final List<String> NAMES = List.of("etcd", "kube-apiserver", "kubectl");

  /** The programs of a folder, which are all there. */
  static Programs in(Path folder) throws CloudletException {
    if (!areIn(folder)) {
      throw new CloudletException(
          folder + " does not hold what it needs: " + String.join(", ", NAMES));
    }
    return new Programs(folder.toAbsolutePath().normalize());
  }

  /** Whether all programs are in a folder. */
  static boolean areIn(Path folder) {
    return NAMES.stream().allMatch(name -> Files.isExecutable(folder.resolve(name)));
  }

  /** The store behind the API server. */
  Path etcd() {
    return folder.resolve("etcd");
  }

  /** The API server. */
  Path apiServer() {
    return folder.resolve("kube-apiserver");
  }

  /** The client for people. */
  public Path kubectl() {
    return folder.resolve("kubectl");
  }
}
