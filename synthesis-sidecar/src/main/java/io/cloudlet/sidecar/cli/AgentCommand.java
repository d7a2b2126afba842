package io.cloudlet.sidecar.cli;

import io.cloudlet.sidecar.agent.Agent;
import io.cloudlet.sidecar.agent.AgentConfig;
import io.cloudlet.sidecar.agent.AgentNetwork;
import io.cloudlet.sidecar.agent.http.TlsFiles;
import io.cloudlet.sidecar.image.CloudletException;
import io.cloudlet.sidecar.qemu.QemuBinary;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.KubernetesClientBuilder;
import io.fabric8.kubernetes.client.KubernetesClientException;
import java.io.File;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.concurrent.CountDownLatch;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** {@code agent}. */
@Command(
    name = "agent",
    sortOptions = false,
    description =
        "Runs this node's agent until Ctrl-C or SIGTERM: it does what resources of the cluster ask"
            + " of the node. VMs run on without it. The cluster is that of the pod, or of"
            + " $KUBECONFIG.")
final class AgentCommand implements Callable<Integer> {
  private static final int LAST_PORT = 65_535;

  private final Session session;

  @Mixin private NodeOptions own = new NodeOptions();

  @Mixin private VmOptions vms = new VmOptions();

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
      description = "Its first line is the token that all agents share; $CLOUDLET_TOKEN_FILE.")
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
      names = "--guest-memory",
      paramLabel = "SIZE",
      description =
          "Memory that guests may have together, such as 8G; otherwise nine tenths of the"
              + " machine's.")
  private @Nullable Size memory;

  @Option(
      names = "--namespace",
      paramLabel = "NAME",
      defaultValue = "${env:CLOUDLET_NAMESPACE:-" + AgentConfig.DEFAULT_NAMESPACE + "}",
      description = "Where the agents' leases are; $CLOUDLET_NAMESPACE, or cloudlet-system.")
  private String namespace;

  @Option(
      names = "--device-plugins",
      paramLabel = "DIR",
      description =
          "The kubelet's folder for device plugins, such as /var/lib/kubelet/device-plugins: pods"
              + " get KVM as cloudlet.io/kvm there, where it works or --accel says so.")
  private @Nullable Path devicePlugins;

  AgentCommand(Session session) {
    this.session = session;
  }

  @Override
  public Integer call() throws IOException {
    AgentConfig config = config();
    requireFiles();
    try (KubernetesClient client = new KubernetesClientBuilder().build();
        Agent agent = new Agent(config, client)) {
      agent.start();
      if (devicePlugins != null) {
        agent.serveDevices(devicePlugins.toAbsolutePath());
      }
      session.output().say("the agent serves at " + agent.contentUrl());
      awaitEnd();
    } catch (KubernetesClientException e) {
      throw new CloudletException(
          "the API server does not do what the agent asks: "
              + Failure.innermost(e)
              + "; let KUBECONFIG name a cluster that has Cloudlet's resources and roles",
          e);
    }
    return ExitCode.OK.code();
  }

  /** The client would look for another cluster, for a long time. */
  private void requireFiles() throws NoSuchFileException {
    for (String file : session.variable("KUBECONFIG").split(File.pathSeparator, -1)) {
      if (!file.isBlank() && !Files.isReadable(Path.of(file))) {
        throw new NoSuchFileException(file);
      }
    }
    if (token != null && !Files.isReadable(token)) {
      throw new NoSuchFileException(token.toString());
    }
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
        own.name(),
        own.labels(),
        session.root(),
        namespace,
        "127.0.0.1",
        new AgentNetwork(
            address("--port", port), address("--status-port", statusPort), host, token, tls()),
        own.cacheLimit(),
        memory == null ? 0 : memory.bytes(),
        own.accelerator(),
        program.isBlank() ? QemuBinary.DEFAULT_COMMAND : program,
        vms.pods());
  }

  private InetSocketAddress address(String option, int number) {
    if (number < 0 || number > LAST_PORT) {
      throw new IllegalArgumentException(option + " is 0 to " + LAST_PORT + ", not " + number);
    }
    return new InetSocketAddress(listen, number);
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
