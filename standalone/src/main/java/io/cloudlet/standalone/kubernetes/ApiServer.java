package io.cloudlet.standalone.kubernetes;

import io.cloudlet.sidecar.image.CloudletException;
import io.cloudlet.sidecar.image.Partials;
import io.cloudlet.sidecar.node.ResourceLock;
import io.fabric8.kubernetes.client.Config;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.KubernetesClientBuilder;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.function.Consumer;
import java.util.stream.Stream;

/**
 * A Kubernetes API server with its etcd, as two processes over a folder. What is stored outlives
 * them; they do not outlive this process. Thread-safe.
 *
 * <p>There are no controllers: owner references collect nothing, namespaces do not go away.
 */
public final class ApiServer implements AutoCloseable {
  private static final Duration ETCD_STOP = Duration.ofSeconds(5);

  /** It would wait a minute for watches to end; nothing of it is lost when it is killed. */
  private static final Duration SERVER_STOP = Duration.ofSeconds(2);

  private final ServerFolder folder;
  private final Programs programs;
  private final ResourceLock lock;
  private final Child etcd;
  private final Child server;

  private ApiServer(
      ServerFolder folder, Programs programs, ResourceLock lock, Child etcd, Child server) {
    this.folder = folder;
    this.programs = programs;
    this.lock = lock;
    this.etcd = etcd;
    this.server = server;
  }

  /** Where a server lies when nobody says otherwise. */
  public static Path defaultFolder(Map<String, String> environment) {
    return ServerFolder.defaultRoot(environment);
  }

  /**
   * Starts a server over a folder, with what it holds, and returns when it answers. Ends what a
   * process that was killed may have left there.
   *
   * @param root made when missing
   * @param say takes remarks for the user
   * @throws io.cloudlet.sidecar.node.BusyException when another process serves the folder
   * @throws CloudletException when a program does not start, with the end of its log
   */
  public static ApiServer start(Path root, Programs programs, Consumer<String> say)
      throws IOException {
    ServerFolder folder = ServerFolder.open(root);
    ResourceLock lock =
        ResourceLock.acquire(folder.root(), "lock", "the API server of " + folder.root(), "up");
    ServerStart start = new ServerStart(folder, programs, say);
    boolean started = false;
    try {
      start.run();
      started = true;
      return new ApiServer(folder, programs, lock, start.etcd(), start.server());
    } finally {
      if (!started) {
        start.abandon();
        lock.close();
      }
    }
  }

  /**
   * Removes a server's folder with all resources.
   *
   * @return whether there was one
   * @throws io.cloudlet.sidecar.node.BusyException when a process serves it
   */
  public static boolean remove(Path root) throws IOException {
    if (!Files.exists(root)) {
      return false;
    }
    ServerFolder folder = ServerFolder.open(root);
    try (ResourceLock _ =
        ResourceLock.acquire(folder.root(), "lock", "the API server of " + root, "up --fresh")) {
      new RecordedProcesses(folder.processes()).end();
      Partials.deleteTree(folder.root());
    }
    return true;
  }

  /** The administrator's, in a file of mode 0600. */
  public Path kubeconfig() {
    return folder.kubeconfig();
  }

  /** A place for another secret that lives as long as the resources. */
  public Path secret(String name) {
    return folder.keys().resolve(name);
  }

  /** A kubectl of the server's version. */
  public Path kubectl() {
    return programs.kubectl();
  }

  /** How the administrator reaches it. */
  public Config config() throws IOException {
    return Config.fromKubeconfig(Files.readString(folder.kubeconfig()));
  }

  /** A client that may do everything; the caller closes it. */
  public KubernetesClient administrator() throws IOException {
    return new KubernetesClientBuilder().withConfig(config()).build();
  }

  /** Completes with an error that says so when one of the processes ends by itself. */
  public CompletableFuture<CloudletException> failure() {
    return CompletableFuture.anyOf(etcd.end(), server.end())
        .thenApply(child -> ((Child) child).failure("has ended"));
  }

  /** The number of the API server's own process; -1 when it has ended. */
  public long pid() {
    return server.id().map(id -> id.pid()).orElse(-1L);
  }

  /** The numbers of the processes that are alive. */
  Stream<Long> pids() {
    return Stream.of(etcd.id(), server.id()).flatMap(Optional::stream).map(id -> id.pid());
  }

  /** Ends both processes; returns when they are gone. A second call does nothing. */
  @Override
  public void close() throws IOException {
    server.stop(SERVER_STOP);
    etcd.stop(ETCD_STOP);
    Files.deleteIfExists(folder.processes());
    lock.close();
  }
}
