package io.cloudlet.sidecar.kubelet;

import java.nio.file.Path;
import java.util.regex.Pattern;

/**
 * The volumes of the pods of this node.
 *
 * @param kubelet the kubelet's own folder, with all pods' volumes in it
 */
public record PodVolumes(Path kubelet) {
  /** Where a kubelet is unless it is told otherwise. */
  public static final Path DEFAULT = Path.of("/var/lib/kubelet");

  private static final Pattern UID = Pattern.compile("[A-Za-z0-9]([A-Za-z0-9-]{0,61}[A-Za-z0-9])?");

  /**
   * An emptyDir of a pod on the node's disk; there once the pod has been set up, gone when the pod
   * has ended.
   *
   * @param uid the pod's; comes from outside and becomes part of a path
   * @param volume the volume's name in the pod's specification
   */
  public Path emptyDir(String uid, String volume) {
    if (!UID.matcher(uid).matches()) {
      throw new IllegalArgumentException("'" + uid + "' is no uid of a pod");
    }
    return pods().resolve(uid).resolve("volumes/kubernetes.io~empty-dir").resolve(volume);
  }

  /** One folder for each pod that the kubelet knows. */
  public Path pods() {
    return kubelet.resolve("pods");
  }
}
