package io.cloudlet.sidecar.agent;

import io.cloudlet.sidecar.agent.cache.BaseTransfer;
import io.cloudlet.sidecar.agent.cache.CacheLimit;
import io.cloudlet.sidecar.agent.cache.Copies;
import io.cloudlet.sidecar.agent.cache.OverlayFiles;
import io.cloudlet.sidecar.agent.cache.Packages;
import io.cloudlet.sidecar.agent.http.ContentServer;
import io.cloudlet.sidecar.agent.http.ServerAccess;
import io.cloudlet.sidecar.agent.http.ServerLimits;
import io.cloudlet.sidecar.agent.http.TokenFile;
import io.cloudlet.sidecar.node.DataDirectory;
import io.cloudlet.sidecar.node.Leftovers;
import io.cloudlet.sidecar.store.HttpAccess;
import io.cloudlet.sidecar.store.HttpPolicy;
import io.fabric8.kubernetes.client.KubernetesClient;
import java.io.IOException;
import java.nio.file.Files;
import java.util.Optional;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * What lies on this node, and how it comes here and goes elsewhere.
 *
 * @param access as whom this agent comes to servers
 */
record NodeStore(
    DataDirectory data,
    Packages packages,
    CacheLimit cache,
    OverlayFiles overlays,
    HttpAccess access,
    BaseTransfer transfer,
    Copies copies) {
  private static final Logger LOG = LoggerFactory.getLogger(NodeStore.class);

  /** Of the disk, when nobody says how much the cache may take. */
  private static final int SHARE = 2;

  /** Opens a data directory, and puts right what an agent that died has left there. */
  static NodeStore open(AgentConfig config, KubernetesClient client) throws IOException {
    DataDirectory data = DataDirectory.open(config.data(), "agent of node " + config.node());
    Leftovers.clear(data).forEach(LOG::info);
    Packages packages = new Packages(data);
    long disk = Files.getFileStore(data.root()).getTotalSpace();
    long limit = config.cacheBytes() > 0 ? config.cacheBytes() : Math.max(1, disk / SHARE);
    CacheLimit cache = new CacheLimit(data, packages, limit);
    HttpAccess access =
        new Peers(tokens(config), new PeerAddresses(client)).access(config.network());
    BaseTransfer transfer = new BaseTransfer(data, access, HttpPolicy.DEFAULT, packages, cache);
    return new NodeStore(
        data, packages, cache, OverlayFiles.open(data), access, transfer, Copies.open(data));
  }

  /** Begins to give away what there is. */
  ContentServer serve(AgentConfig config) throws IOException {
    ServerLimits.bound();
    AgentNetwork network = config.network();
    return ContentServer.start(
        network.content(),
        overlays,
        packages,
        new ServerAccess(tokens(config), Optional.ofNullable(network.tls())),
        ServerLimits.DEFAULT);
  }

  private static Optional<TokenFile> tokens(AgentConfig config) {
    return Optional.ofNullable(config.network().tokenFile()).map(TokenFile::new);
  }
}
