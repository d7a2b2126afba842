package io.cloudlet.sidecar.cli;

import io.cloudlet.sidecar.agent.Agent;
import io.cloudlet.sidecar.agent.AgentConfig;
import io.cloudlet.sidecar.agent.AgentNetwork;
import io.cloudlet.sidecar.agent.http.TlsFiles;
import io.cloudlet.sidecar.image.CloudletException;
import io.cloudlet.sidecar.machine.Accelerator;
import io.cloudlet.sidecar.qemu.QemuBinary;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.KubernetesClientBuilder;
import io.fabric8.kubernetes.client.KubernetesClientException;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.file.Path;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.concurrent.CountDownLatch;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/** {@code agent}. */
@Command(
    name = "agent",
    sortOptions = false,
    description =
        "Runs this node's agent, until it is ended: it does what resources of the cluster ask of"
            + " the node. VMs run on without it. The cluster is that of the pod, or of KUBECONFIG.")
final class AgentCommand implements Callable<Integer> {
  private final Session session;

  @Option(
      names = "--node",
      paramLabel = "NAME",
      defaultValue = "${env:CLOUDLET_NODE}",
      description = "Name of this node; otherwise $CLOUDLET_NODE, or the host's name.")
  private @Nullable String node;

  @Option(
      names = "--label",
      paramLabel = "KEY=VALUE",
      description = "A label for placement to select the node by. Repeatable.")
  private Map<String, String> labels = Map.of();

  @Option(
      names = "--listen",
      paramLabel = "ADDRESS",
      defaultValue = "${env:CLOUDLET_LISTEN:-127.0.0.1}",
      description = "Where overlays and packages are served; $CLOUDLET_LISTEN, or 127.0.0.1.")
  private InetAddress listen;

  @Option(
      names = "--port",
      paramLabel = "PORT",
      defaultValue = "${env:CLOUDLET_PORT:-7480}",
      description = "Port for that, 0 for any; $CLOUDLET_PORT, or 7480.")
  private int port;

  @Option(
      names = "--status-port",
      paramLabel = "PORT",
      defaultValue = "${env:CLOUDLET_STATUS_PORT:-7481}",
      description = "Port for health and metrics, 0 for any; $CLOUDLET_STATUS_PORT, or 7481.")
  private int statusPort;

  @Option(
      names = "--advertise",
      paramLabel = "HOST",
      defaultValue = "${env:CLOUDLET_ADVERTISE}",
      description = "Under which address others reach it; $CLOUDLET_ADVERTISE, or --listen.")
  private @Nullable String advertised;

  @Option(
      names = "--token-file",
      paramLabel = "FILE",
      defaultValue = "${env:CLOUDLET_TOKEN_FILE}",
      description = "The token that all agents share, at first line; $CLOUDLET_TOKEN_FILE.")
  private @Nullable Path token;

  @Option(
      names = "--tls-certificate",
      paramLabel = "FILE",
      defaultValue = "${env:CLOUDLET_TLS_CERTIFICATE}",
      description = "PEM, serves by HTTPS; $CLOUDLET_TLS_CERTIFICATE.")
  private @Nullable Path certificate;

  @Option(
      names = "--tls-key",
      paramLabel = "FILE",
      defaultValue = "${env:CLOUDLET_TLS_KEY}",
      description = "Its key, PEM; $CLOUDLET_TLS_KEY.")
  private @Nullable Path key;

  @Option(
      names = "--tls-authority",
      paramLabel = "FILE",
      defaultValue = "${env:CLOUDLET_TLS_AUTHORITY}",
      description = "Whose certificates peers have to show, PEM; $CLOUDLET_TLS_AUTHORITY.")
  private @Nullable Path authority;

  @Option(
      names = "--cache",
      paramLabel = "SIZE",
      description = "What base VMs and packages may take; otherwise half of the disk.")
  private @Nullable Size cache;

  @Option(
      names = "--guest-memory",
      paramLabel = "SIZE",
      description = "What guests may have together; otherwise nine tenths of the machine's.")
  private @Nullable Size memory;

  @Option(
      names = "--accel",
      paramLabel = "tcg|kvm",
      description = "What runs guests; otherwise kvm where it works.")
  private @Nullable Accelerator accelerator;

  @Option(
      names = "--namespace",
      paramLabel = "NAME",
      defaultValue = "${env:CLOUDLET_NAMESPACE:-" + AgentConfig.DEFAULT_NAMESPACE + "}",
      description = "Where the agents' leases are; $CLOUDLET_NAMESPACE, or cloudlet-system.")
  private String namespace;

  AgentCommand(Session session) {
    this.session = session;
  }

  @Override
  public Integer call() throws IOException {
    try (KubernetesClient client = new KubernetesClientBuilder().build();
        Agent agent = new Agent(config(), client)) {
      agent.start();
      session.output().say("the agent serves at " + agent.contentUrl());
      awaitEnd();
    } catch (KubernetesClientException e) {
      throw new CloudletException(
          "the API server does not do what the agent asks: "
              + (e.getCause() == null ? e.getMessage() : e.getCause().getMessage())
              + "; let KUBECONFIG name a cluster that has Cloudlet's resources and roles",
          e);
    }
    return ExitCode.OK.code();
  }

  /** SIGINT and SIGTERM interrupt the command's thread. */
  private static void awaitEnd() {
    try {
      new CountDownLatch(1).await();
    } catch (InterruptedException e) {
      // That is the end: what follows has to be able to wait for what it closes.
    }
  }

  private AgentConfig config() throws IOException {
    String host = advertised == null ? listen.getHostAddress() : advertised;
    String program = session.variable(QemuBinary.VARIABLE);
    return new AgentConfig(
        node == null ? InetAddress.getLocalHost().getHostName() : node,
        labels,
        session.root(),
        namespace,
        "127.0.0.1",
        new AgentNetwork(
            new InetSocketAddress(listen, port),
            new InetSocketAddress(listen, statusPort),
            host,
            token,
            tls()),
        cache == null ? 0 : cache.bytes(),
        memory == null ? 0 : memory.bytes(),
        accelerator,
        program.isBlank() ? QemuBinary.DEFAULT_COMMAND : program);
  }

  private @Nullable TlsFiles tls() {
    if (certificate == null && key == null && authority == null) {
      return null;
    }
    if (certificate == null || key == null) {
      throw new IllegalArgumentException("--tls-certificate and --tls-key need each other");
    }
    return new TlsFiles(certificate, key, Optional.ofNullable(authority));
  }
}
