package io.cloudlet.standalone.e2e;

import io.cloudlet.sidecar.node.Progress;
import io.cloudlet.standalone.cluster.TestAccounts;
import io.cloudlet.standalone.kubernetes.ApiServer;
import io.cloudlet.standalone.kubernetes.ProgramFinder;
import io.cloudlet.standalone.kubernetes.Programs;
import io.fabric8.kubernetes.client.KubernetesClient;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;

/** API server and etcd, which can be killed and started again over what they have kept. */
final class Server implements AutoCloseable {
  private final Path root;
  private final Programs programs;
  private ApiServer running;

  /** Starts both. */
  Server(Path root) throws IOException {
    this.root = root;
    programs = new ProgramFinder(System.getenv(), Progress.SILENT, _ -> {}).find();
    running = ApiServer.start(root, programs, _ -> {});
  }

  /** A client that may do everything; the caller closes it. */
  KubernetesClient administrator() throws IOException {
    return running.administrator();
  }

  /** Installs Cloudlet, with the accounts of its parts as files in a folder. */
  TestAccounts install(KubernetesClient administrator, Path folder) throws IOException {
    return TestAccounts.install(running, administrator, folder);
  }

  /** Kills both as {@code kill -9} does. */
  void kill() {
    ProcessHandle.current()
        .children()
        .filter(it -> it.info().command().orElse("").matches(".*/(etcd|kube-apiserver)"))
        .forEach(ProcessHandle::destroyForcibly);
  }

  /** Starts both again. */
  void start() throws IOException {
    running.close();
    running = ApiServer.start(root, programs, _ -> {});
  }

  /** Kills both, and starts them again after a while. */
  void restart(Duration pause) throws IOException, InterruptedException {
    kill();
    Thread.sleep(pause);
    start();
  }

  @Override
  public void close() throws IOException {
    running.close();
  }
}
