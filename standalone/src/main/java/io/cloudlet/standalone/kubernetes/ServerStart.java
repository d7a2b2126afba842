package io.cloudlet.standalone.kubernetes;

import io.cloudlet.sidecar.node.ProcessId;
import io.fabric8.kubernetes.client.Config;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.KubernetesClientBuilder;
import io.fabric8.kubernetes.client.KubernetesClientException;
import java.io.IOException;
import java.io.InterruptedIOException;
import java.nio.file.Files;
import java.time.Duration;
import java.util.Objects;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** The steps from a folder to a server that answers. Not thread-safe. */
final class ServerStart {
  private static final Duration PATIENCE = Duration.ofMinutes(3);
  private static final int POLL_MILLIS = 100;
  private static final int REQUEST_MILLIS = 5000;

  private final ServerFolder folder;
  private final Programs programs;
  private final Consumer<String> say;
  private @Nullable Child etcd;
  private @Nullable Child server;

  /** The caller holds the folder's lock. */
  ServerStart(ServerFolder folder, Programs programs, Consumer<String> say) {
    this.folder = folder;
    this.programs = programs;
    this.say = say;
  }

  void run() throws IOException {
    RecordedProcesses recorded = new RecordedProcesses(folder.processes());
    if (recorded.end() > 0) {
      say.accept("an API server that an earlier run has left was ended");
    }
    ServerKeys keys = new ServerKeys(folder);
    keys.prepare();
    int port = new ServerPort(folder.port(), say).choose();
    ServerCommands commands = new ServerCommands(programs, folder, port);
    Files.deleteIfExists(folder.root().resolve(ServerFolder.CLIENT_SOCKET));
    Files.deleteIfExists(folder.root().resolve(ServerFolder.PEER_SOCKET));

    Child first = Child.start("etcd", commands.etcd(), folder.root(), folder.logs());
    etcd = first;
    recorded.write(first.id().stream());
    Child second =
        Child.start("kube-apiserver", commands.apiServer(), folder.root(), folder.logs());
    server = second;
    recorded.write(Stream.of(first.id(), second.id()).flatMap(Optional<ProcessId>::stream));

    await(second, () -> Files.exists(folder.certificate()) && Files.size(folder.certificate()) > 0);
    await(second, () -> isReady(keys, port));
    new SecretFile(folder.kubeconfig()).write(kubeconfig(keys, port));
  }

  Child etcd() {
    return Objects.requireNonNull(etcd);
  }

  Child server() {
    return Objects.requireNonNull(server);
  }

  /** Ends what was started. */
  void abandon() throws IOException {
    for (Child child :
        Stream.of(Optional.ofNullable(server), Optional.ofNullable(etcd))
            .flatMap(Optional::stream)
            .toList()) {
      child.stop(Duration.ZERO);
    }
    Files.deleteIfExists(folder.processes());
  }

  /** Something that becomes true while the programs start. */
  private interface Milestone {
    boolean isReached() throws IOException;
  }

  private void await(Child waitedFor, Milestone milestone) throws IOException {
    long deadline = System.nanoTime() + PATIENCE.toNanos();
    while (!milestone.isReached()) {
      if (!etcd().isAlive()) {
        throw etcd().failure("");
      }
      if (!waitedFor.isAlive() || System.nanoTime() - deadline > 0) {
        throw waitedFor.failure("has not become ready within " + PATIENCE.toSeconds() + " s");
      }
      try {
        Thread.sleep(POLL_MILLIS);
      } catch (InterruptedException e) {
        throw new InterruptedIOException("interrupted while the API server started");
      }
    }
  }

  private boolean isReady(ServerKeys keys, int port) throws IOException {
    Config config = Config.fromKubeconfig(kubeconfig(keys, port));
    config.setRequestRetryBackoffLimit(0);
    config.setConnectionTimeout(REQUEST_MILLIS);
    config.setRequestTimeout(REQUEST_MILLIS);
    try (KubernetesClient client = new KubernetesClientBuilder().withConfig(config).build()) {
      return "ok".equals(client.raw("/readyz"));
    } catch (KubernetesClientException e) {
      return false; // Not yet; when it never is, its log says more than this.
    }
  }

  private String kubeconfig(ServerKeys keys, int port) throws IOException {
    String authority = Files.readString(folder.certificate());
    return new Kubeconfig(port, authority, "administrator", keys.administratorToken()).text();
  }
}
