package io.cloudlet.standalone.cluster;

import io.cloudlet.standalone.kubernetes.SecretFile;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.util.HexFormat;

/**
 * The token that all agents of a cluster show to each other, and whoever downloads an overlay to
 * them: overlays hold a guest's memory.
 *
 * @param file where it is, readable for the owner alone
 */
record AgentTokens(Path file) {
  private static final int BYTES = 32;

  /** The file, made when it is missing. */
  Path prepared() throws IOException {
    if (!Files.exists(file)) {
      byte[] token = new byte[BYTES];
      new SecureRandom().nextBytes(token);
      new SecretFile(file).write(HexFormat.of().formatHex(token) + "\n");
    }
    return file;
  }
}
