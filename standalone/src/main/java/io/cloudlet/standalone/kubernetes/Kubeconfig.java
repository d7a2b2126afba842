package io.cloudlet.standalone.kubernetes;

import java.nio.charset.StandardCharsets;
import java.util.Base64;

/**
 * What a client has to know of a server.
 *
 * @param port where it listens on this host
 * @param authority certificates in PEM that the server's is checked with
 * @param user for whom it is
 * @param token who that is
 */
record Kubeconfig(int port, String authority, String user, String token) {
  /** As kubectl reads it. */
  String text() {
    return """
    apiVersion: v1
    kind: Config
    clusters:
    - name: cloudlet
      cluster:
        server: https://127.0.0.1:%d
        certificate-authority-data: %s
    users:
    - name: %s
      user:
        token: %s
    contexts:
    - name: cloudlet
      context:
        cluster: cloudlet
        user: %s
        namespace: default
    current-context: cloudlet
    """
        .formatted(port, base64(authority), user, token, user);
  }

  private static String base64(String text) {
    return Base64.getEncoder().encodeToString(text.getBytes(StandardCharsets.UTF_8));
  }
}
