package io.cloudlet.sidecar.agent;

import io.cloudlet.sidecar.agent.http.TlsFiles;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.file.Path;
import org.jspecify.annotations.Nullable;

/**
 * How an agent can be reached.
 *
 * @param content where overlays and packages are served; port 0 for any that is free
 * @param status where health and metrics are served; port 0 for any that is free
 * @param advertisedHost address or name under which others reach the content
 * @param tokenFile the token that those who fetch content have to show, and that this agent shows
 *     to its peers; null when everybody may
 * @param tls certificate and key of this agent, and the authority of its peers; null for plain HTTP
 */
public record AgentNetwork(
    InetSocketAddress content,
    InetSocketAddress status,
    String advertisedHost,
    @Nullable Path tokenFile,
    @Nullable TlsFiles tls) {
  /** On this machine alone, behind any ports. */
  public static final AgentNetwork LOOPBACK = loopback(null);

  /** On this machine alone, behind any ports. */
  public static AgentNetwork loopback(@Nullable Path tokenFile) {
    return new AgentNetwork(
        new InetSocketAddress(InetAddress.getLoopbackAddress(), 0),
        new InetSocketAddress(InetAddress.getLoopbackAddress(), 0),
        "127.0.0.1",
        tokenFile,
        null);
  }
}
