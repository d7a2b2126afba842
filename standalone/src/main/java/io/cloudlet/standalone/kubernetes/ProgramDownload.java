package io.cloudlet.standalone.kubernetes;

import io.cloudlet.sidecar.image.CloudletException;
import io.fabric8.kubeapitest.KubeAPIServerConfig;
import io.fabric8.kubeapitest.KubeAPIServerConfigBuilder;
import io.fabric8.kubeapitest.KubeAPITestException;
import io.fabric8.kubeapitest.binary.BinaryManager;
import java.nio.file.Path;

/**
 * Downloads released programs as kube-api-test does, from where it knows them to be.
 *
 * @param cache where they are kept
 */
record ProgramDownload(Path cache) {
  /** Any patch of the version that would be built. */
  private static final String VERSION = "1.36.*";

  Programs run() throws CloudletException {
    KubeAPIServerConfig config =
        KubeAPIServerConfigBuilder.anAPIServerConfig()
            .withTestDir(cache.toString())
            .withApiServerVersion(VERSION)
            .build();
    BinaryManager manager = new BinaryManager(config);
    try {
      manager.initAndDownloadIfRequired();
    } catch (KubeAPITestException e) {
      throw new CloudletException(reason(e), e);
    }
    return Programs.in(manager.binaries().getApiServer().toPath().resolveSibling("."));
  }

  private static String reason(Throwable thrown) {
    Throwable root = thrown;
    while (root.getCause() != null) {
      root = root.getCause();
    }
    return root.getMessage() == null ? root.toString() : root.getMessage();
  }
}
