package io.cloudlet.sidecar.store;

import io.cloudlet.sidecar.image.CloudletException;
import java.io.IOException;
import java.net.URI;
import java.util.Optional;
import java.util.regex.Pattern;
import javax.net.ssl.SSLContext;

/**
 * As whom a client comes to HTTP servers, and which of them it trusts. Thread-safe as its parts
 * are.
 *
 * @param tokens what is shown to a server
 * @param tls certificates of the client, and authorities that it trusts; empty for the JDK's own
 */
public record HttpAccess(Tokens tokens, Optional<SSLContext> tls) {
  /** Shows nothing, and trusts whom the JDK trusts. */
  public static final HttpAccess ANONYMOUS =
      new HttpAccess(_ -> Optional.empty(), Optional.empty());

  // RFC 6750, 2.1. Anything else would also be repeated by the JDK's exception.
  private static final Pattern TOKEN = Pattern.compile("[A-Za-z0-9._~+/-]+=*");

  /** Bearer tokens by server. */
  @FunctionalInterface
  public interface Tokens {
    /**
     * What a server asks for. It is sent to the origin of the URL that somebody wants, and not to
     * where that redirects.
     *
     * @param origin scheme, host and port, without a path: {@code https://node-1:7443}
     * @return the token without {@code Bearer}; empty when this server gets none
     */
    Optional<String> of(URI origin) throws IOException;
  }

  /**
   * The URL with the token that its server gets, unless it carries credentials of its own.
   *
   * @throws CloudletException when what there is cannot be a token; without repeating it
   */
  RemoteUrl authorize(RemoteUrl url) throws IOException {
    if (url.authorization().isPresent()) {
      return url;
    }
    Optional<String> token = tokens.of(url.origin());
    if (token.isEmpty()) {
      return url;
    }
    if (!TOKEN.matcher(token.get()).matches()) {
      throw new CloudletException(
          "the token for "
              + url.origin()
              + " has characters that no token has; look for blanks and line ends in its file");
    }
    return new RemoteUrl(url.uri(), Optional.of("Bearer " + token.get()));
  }

  /** Without what it shows. */
  @Override
  public String toString() {
    return "HttpAccess";
  }
}
