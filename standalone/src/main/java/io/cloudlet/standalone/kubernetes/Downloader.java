package io.cloudlet.standalone.kubernetes;

import io.fabric8.kubeapitest.KubeAPIServerConfigBuilder;
import io.fabric8.kubeapitest.KubeAPITestException;
import io.fabric8.kubeapitest.binary.BinaryManager;
import java.net.UnknownHostException;

/** The process that downloads with kube-api-test, which can be neither interrupted nor hurried. */
final class Downloader {
  /** Any patch of the version that would be built. */
  private static final String VERSION = "1.36.*";

  private Downloader() {}

  /** Takes the folder to download into. */
  public static void main(String[] arguments) {
    System.setProperty("java.io.tmpdir", arguments[0]);
    try {
      new BinaryManager(
              KubeAPIServerConfigBuilder.anAPIServerConfig()
                  .withTestDir(arguments[0])
                  .withApiServerVersion(VERSION)
                  .build())
          .initAndDownloadIfRequired();
    } catch (KubeAPITestException e) {
      System.err.println(reason(e));
      System.exit(1);
    }
  }

  /** The innermost message alone says what it is about. */
  private static String reason(Throwable thrown) {
    if (thrown.getCause() != null) {
      return reason(thrown.getCause());
    }
    return switch (thrown) {
      case UnknownHostException _ -> "the name " + thrown.getMessage() + " cannot be resolved";
      case KubeAPITestException _ when thrown.getMessage() != null -> thrown.getMessage();
      default -> thrown.toString();
    };
  }
}
