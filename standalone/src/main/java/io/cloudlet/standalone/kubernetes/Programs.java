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
    for (String name : NAMES) {
      if (!Files.isExecutable(folder.resolve(name))) {
        throw new CloudletException(
            folder + " holds no program " + name + "; it needs " + String.join(", ", NAMES));
      }
    }
    return new Programs(folder.toAbsolutePath().normalize());
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
