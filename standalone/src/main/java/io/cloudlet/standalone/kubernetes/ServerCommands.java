package io.cloudlet.standalone.kubernetes;

import java.nio.file.Path;
import java.util.List;

/**
 * How the two programs are started; both with the server's folder as working directory.
 *
 * <p>They talk over a socket in that folder: etcd knows no passwords, and a port of this host would
 * let every user of it read all secrets.
 */
record ServerCommands(Programs programs, ServerFolder folder, int port) {
  private static final String CLIENTS = "unix://" + ServerFolder.CLIENT_SOCKET;
  private static final String PEERS = "unix://" + ServerFolder.PEER_SOCKET;

  /** Who signs the tokens of service accounts. */
  private static final String ISSUER = "https://kubernetes.default.svc";

  List<String> etcd() {
    return List.of(
        programs.etcd().toString(),
        "--name=default",
        "--data-dir=" + relative(folder.etcd()),
        "--listen-client-urls=" + CLIENTS,
        "--advertise-client-urls=" + CLIENTS,
        "--listen-peer-urls=" + PEERS,
        "--initial-advertise-peer-urls=" + PEERS,
        "--initial-cluster=default=" + PEERS,
        "--auto-compaction-mode=periodic",
        "--auto-compaction-retention=1h",
        "--log-level=warn");
  }

  List<String> apiServer() {
    return List.of(
        programs.apiServer().toString(),
        "--etcd-servers=" + CLIENTS,
        "--bind-address=127.0.0.1",
        "--advertise-address=127.0.0.1",
        "--endpoint-reconciler-type=none",
        "--secure-port=" + port,
        "--cert-dir=" + relative(folder.keys()),
        "--token-auth-file=" + relative(folder.tokens()),
        "--anonymous-auth=false",
        "--authorization-mode=RBAC",
        "--service-account-issuer=" + ISSUER,
        "--service-account-key-file=" + relative(folder.accountKey()),
        "--service-account-signing-key-file=" + relative(folder.accountKey()),
        // It waits for accounts that the controller manager makes, which does not run here.
        "--disable-admission-plugins=ServiceAccount",
        "--service-cluster-ip-range=10.97.0.0/16",
        "--profiling=false");
  }

  private String relative(Path path) {
    return folder.root().relativize(path).toString();
  }
}
