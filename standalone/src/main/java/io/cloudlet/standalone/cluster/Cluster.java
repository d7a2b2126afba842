package io.cloudlet.standalone.cluster;

import io.cloudlet.api.v1alpha1.CloudletNode;
import io.cloudlet.api.v1alpha1.Condition;
import io.cloudlet.operator.Operator;
import io.cloudlet.operator.OperatorConfig;
import io.cloudlet.sidecar.agent.Agent;
import io.cloudlet.sidecar.image.CloudletException;
import io.cloudlet.standalone.kubernetes.ApiServer;
import io.fabric8.kubernetes.api.model.ServiceAccount;
import io.fabric8.kubernetes.client.Config;
import io.fabric8.kubernetes.client.ConfigBuilder;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.KubernetesClientBuilder;
import io.fabric8.kubernetes.client.KubernetesClientTimeoutException;
import java.io.IOException;
import java.io.InterruptedIOException;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/**
 * Operator and agents over one API server, in this process, each as its own service account with
 * the roles that are shipped. VMs and resources outlive it. Not thread-safe.
 */
public final class Cluster implements AutoCloseable {
  /** Name of the secret that agents ask for; see {@link ApiServer#secret}. */
  public static final String TOKEN = "agents.token";

  private static final long PATIENCE_SECONDS = 120;

  private final Config server;
  private final KubernetesClient administrator;
  private final AgentTokens tokens;
  private final Installation.Accounts accounts;

  /** What has to be closed, the youngest first. */
  private final Deque<AutoCloseable> parts = new ArrayDeque<>();

  private Cluster(
      Config server,
      KubernetesClient administrator,
      AgentTokens tokens,
      Installation.Accounts accounts) {
    this.server = server;
    this.administrator = administrator;
    this.tokens = tokens;
    this.accounts = accounts;
  }

  /** Installs Cloudlet on a server and starts the operator; there are no nodes yet. */
  public static Cluster start(ApiServer server) throws IOException {
    KubernetesClient administrator = server.administrator();
    boolean started = false;
    try {
      Installation.Accounts accounts = new Installation(administrator).run();
      AgentTokens tokens = new AgentTokens(server.secret(TOKEN));
      Cluster cluster = new Cluster(server.config(), administrator, tokens, accounts);
      cluster.parts.push(administrator);
      cluster.startOperator();
      started = true;
      return cluster;
    } finally {
      if (!started) {
        administrator.close();
      }
    }
  }

  /** May do everything; ends with the cluster. */
  public KubernetesClient administrator() {
    return administrator;
  }

  private void startOperator() throws IOException {
    KubernetesClient client = clientOf(accounts.operator());
    String namespace = accounts.operator().getMetadata().getNamespace();
    Operator operator = new Operator(OperatorConfig.alone(namespace, "up"), client);
    parts.push(operator);
    try {
      operator.start();
    } catch (InterruptedException e) {
      throw new InterruptedIOException("interrupted while the operator started");
    }
  }

  /** Starts the agents of nodes, and returns when VMs can be placed on all of them. */
  public void add(List<NodeSettings> nodes) throws IOException {
    for (NodeSettings node : nodes) {
      KubernetesClient client = clientOf(accounts.agent());
      Agent agent = new Agent(new AgentSetup(node, tokens).config(), client);
      parts.push(agent);
      agent.start();
    }
    for (NodeSettings node : nodes) {
      awaitReady(node.name());
    }
  }

  private void awaitReady(String node) throws CloudletException {
    try {
      administrator
          .resources(CloudletNode.class)
          .withName(node)
          .waitUntilCondition(Cluster::isReady, PATIENCE_SECONDS, TimeUnit.SECONDS);
    } catch (KubernetesClientTimeoutException e) {
      throw new CloudletException(
          "node "
              + node
              + " has not become ready within "
              + PATIENCE_SECONDS
              + " s; its CloudletNode's conditions, or the log, say why",
          e);
    }
  }

  private static boolean isReady(@Nullable CloudletNode node) {
    return node != null
        && node.getStatus() != null
        && Condition.isTrue(node.getStatus().conditions(), Condition.READY);
  }

  private KubernetesClient clientOf(ServiceAccount account) {
    Config config =
        new ConfigBuilder(Config.empty())
            .withMasterUrl(server.getMasterUrl())
            .withCaCertData(server.getCaCertData())
            .withNamespace("default")
            .withOauthTokenProvider(new AccountToken(administrator, account))
            .build();
    KubernetesClient client = new KubernetesClientBuilder().withConfig(config).build();
    parts.push(client);
    return client;
  }

  /** Ends agents and operator; VMs run on. */
  @Override
  public void close() throws IOException {
    IOException failure = null;
    while (!parts.isEmpty()) {
      try {
        parts.pop().close();
      } catch (Exception e) {
        failure = failure == null ? new IOException("a part did not end well", e) : failure;
      }
    }
    if (failure != null) {
      throw failure;
    }
  }
}
