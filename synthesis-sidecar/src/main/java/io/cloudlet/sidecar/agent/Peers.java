package io.cloudlet.sidecar.agent;

import io.cloudlet.sidecar.agent.http.TlsFiles;
import io.cloudlet.sidecar.agent.http.TokenFile;
import io.cloudlet.sidecar.store.HttpAccess;
import java.io.IOException;
import java.net.URI;
import java.util.Optional;

/**
 * Shows this agent's token to the other agents, and to nobody else: a URL in a resource may lead
 * anywhere.
 *
 * @param token this agent's own, which all agents share; empty for none
 */
record Peers(Optional<TokenFile> token, PeerAddresses addresses) implements HttpAccess.Tokens {
  @Override
  public Optional<String> of(URI origin) throws IOException {
    return token.isPresent() && addresses.contain(origin)
        ? Optional.of(token.get().token())
        : Optional.empty();
  }

  /** As whom this agent comes to servers. */
  HttpAccess access(AgentNetwork network) throws IOException {
    TlsFiles tls = network.tls();
    return new HttpAccess(this, tls == null ? Optional.empty() : Optional.of(tls.client()));
  }
}
