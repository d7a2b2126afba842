package io.cloudlet.standalone.kubernetes;

import io.cloudlet.sidecar.image.Folders;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Map;

/**
 * What an API server keeps.
 *
 * <pre>
 * port          where it listens; chosen once, so that kubeconfigs stay right
 * kubeconfig    for its administrator
 * keys/         its certificate, the keys of service accounts, the administrator's token
 * etcd/         all resources
 * logs/         what the programs say
 * processes     which processes serve it now
 * lock          who works on it
 * </pre>
 *
 * @param root absolute; mode 0700, because everything in it is secret
 */
record ServerFolder(Path root) {
  /** Names of the sockets, relative to the folder: absolute ones may be too long for the kernel. */
  static final String CLIENT_SOCKET = "client:0";

  /** etcd insists on a place for others of its kind. */
  static final String PEER_SOCKET = "peer:0";

  /** Makes what is missing, and lets nobody but the owner in. */
  static ServerFolder open(Path root) throws IOException {
    ServerFolder folder = new ServerFolder(Folders.create(root.toAbsolutePath()).toRealPath());
    Files.setPosixFilePermissions(folder.root, PosixFilePermissions.fromString("rwx------"));
    Folders.create(folder.keys());
    Folders.create(folder.logs());
    return folder;
  }

  /** Where it lies when nobody says otherwise. */
  static Path defaultRoot(Map<String, String> environment) {
    String said = environment.getOrDefault("XDG_DATA_HOME", "");
    Path home = Path.of(environment.getOrDefault("HOME", System.getProperty("user.home")));
    Path share = said.isBlank() ? home.resolve(".local").resolve("share") : Path.of(said);
    return share.resolve("cloudlet").resolve("kubernetes");
  }

  Path port() {
    return root.resolve("port");
  }

  Path kubeconfig() {
    return root.resolve("kubeconfig");
  }

  Path keys() {
    return root.resolve("keys");
  }

  Path certificate() {
    return keys().resolve("apiserver.crt");
  }

  Path certificateKey() {
    return keys().resolve("apiserver.key");
  }

  Path accountKey() {
    return keys().resolve("service-accounts.key");
  }

  Path tokens() {
    return keys().resolve("tokens.csv");
  }

  Path etcd() {
    return root.resolve("etcd");
  }

  Path logs() {
    return root.resolve("logs");
  }

  Path processes() {
    return root.resolve("processes");
  }
}
