package io.cloudlet.sidecar.store;

import io.cloudlet.sidecar.image.CloudletException;
import java.net.URI;
import java.net.URISyntaxException;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.Locale;
import java.util.Optional;

/**
 * An HTTP(S) URL whose secrets stay out of messages: user and password in front of the host, and
 * the query, which carries the signature of presigned URLs.
 *
 * @param uri where requests go; without the user's part
 * @param authorization value of the Authorization header: the URL's user and password, or a token
 */
record RemoteUrl(URI uri, Optional<String> authorization) {

  /** Takes a URL apart; refuses what is not http or https or has no host. */
  static RemoteUrl of(URI url) throws CloudletException {
    String scheme = url.getScheme() == null ? "" : url.getScheme().toLowerCase(Locale.ROOT);
    if (!scheme.equals("http") && !scheme.equals("https")) {
      throw new CloudletException(label(url) + " is no http or https URL; give one, or a file");
    }
    if (url.getHost() == null) {
      throw new CloudletException(label(url) + " names no host; write http://HOST/PATH");
    }
    Optional<String> authorization = Optional.ofNullable(url.getUserInfo()).map(RemoteUrl::basic);
    return new RemoteUrl(withoutUser(url), authorization);
  }

  /**
   * Where a redirection leads. The authorization goes along only to the same origin.
   *
   * @param location value of the Location header
   */
  RemoteUrl follow(String location) throws CloudletException {
    URI target;
    try {
      target = uri.resolve(new URI(location));
    } catch (URISyntaxException e) {
      throw new CloudletException(this + " redirects to what is no URL; ask its operator", e);
    }
    RemoteUrl next = of(target);
    boolean sameOrigin =
        uri.getScheme().equalsIgnoreCase(target.getScheme())
            && uri.getHost().equalsIgnoreCase(target.getHost())
            && uri.getPort() == target.getPort();
    return new RemoteUrl(
        next.uri, next.authorization.or(() -> sameOrigin ? authorization : Optional.empty()));
  }

  /** Scheme, host and port. */
  URI origin() {
    String port = uri.getPort() < 0 ? "" : ":" + uri.getPort();
    return URI.create(uri.getScheme() + "://" + uri.getHost() + port);
  }

  boolean isSecure() {
    return uri.getScheme().equalsIgnoreCase("https");
  }

  /** For messages. */
  @Override
  public String toString() {
    return label(uri);
  }

  private static String label(URI url) {
    if (url.getHost() == null) {
      return url.getScheme() + ":…";
    }
    String port = url.getPort() < 0 ? "" : ":" + url.getPort();
    String path = url.getRawPath() == null ? "" : url.getRawPath();
    return url.getScheme() + "://" + url.getHost() + port + path;
  }

  private static String basic(String userInfo) {
    byte[] bytes = userInfo.getBytes(StandardCharsets.UTF_8);
    return "Basic " + Base64.getEncoder().encodeToString(bytes);
  }

  private static URI withoutUser(URI url) {
    String query = url.getRawQuery() == null ? "" : "?" + url.getRawQuery();
    String path = url.getRawPath() == null || url.getRawPath().isEmpty() ? "/" : url.getRawPath();
    String port = url.getPort() < 0 ? "" : ":" + url.getPort();
    return URI.create(url.getScheme() + "://" + url.getHost() + port + path + query);
  }
}
