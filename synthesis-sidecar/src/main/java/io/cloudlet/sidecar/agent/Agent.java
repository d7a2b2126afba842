package io.cloudlet.sidecar.agent;

import io.fabric8.kubernetes.client.KubernetesClient;
import java.io.IOException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * This node's agent, all parts put together. VMs are processes of their own: they outlive it, and
 * the next agent of the node finds them again.
 */
public final class Agent implements AutoCloseable {
  private static final Logger LOG = LoggerFactory.getLogger(Agent.class);
  private final AgentConfig config;
  private final AgentParts parts;
  private boolean started;

  /**
   * Opens the data directory, and puts right what an agent that died has left there.
   *
   * @param client stays the caller's
   */
  public Agent(AgentConfig config, KubernetesClient client) throws IOException {
    this.config = config;
    this.parts = new AgentParts(config, client);
  }

  /** Makes the node known and begins to work; returns when the controllers watch. */
  public synchronized void start() {
    started = true;
    parts.start();
    LOG.info("the agent of node {} runs over {}", config.node(), config.data());
  }

  /** Stops to work: jobs are undone, within half a minute. VMs run on. */
  @Override
  public synchronized void close() {
    if (started) {
      started = false;
      parts.close();
    }
  }
}
