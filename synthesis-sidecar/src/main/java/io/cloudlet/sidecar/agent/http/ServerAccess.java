package io.cloudlet.sidecar.agent.http;

import java.util.Optional;

/**
 * Who may fetch from a server: with both, whoever has a certificate as well as a token.
 *
 * @param tokens one of which has to be shown; empty for none
 * @param tls encrypts, and may ask for certificates; empty for plain HTTP
 */
public record ServerAccess(Optional<TokenFile> tokens, Optional<TlsFiles> tls) {
  /** Everybody; for tests and for machines of one's own. */
  public static final ServerAccess EVERYBODY = new ServerAccess(Optional.empty(), Optional.empty());
}
