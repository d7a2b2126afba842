package io.cloudlet.sidecar.store;

import io.cloudlet.sidecar.image.CloudletException;
import java.io.IOException;
import java.net.URI;
import java.net.URISyntaxException;
import java.nio.file.Path;
import java.util.regex.Pattern;

/** Opens what a person names: the path of a file, or an HTTP(S) URL. */
public final class OverlaySources {
  private static final Pattern URL = Pattern.compile("[A-Za-z][A-Za-z0-9+.-]*://.*");

  private static final int BLOCK = 1 << 20;

  /** Twice the requests that run at the same time: the next one is asked for when one ends. */
  private static final int BLOCKS_PER_CONNECTION = 2;

  private final Path folder;
  private final HttpPolicy policy;
  private final HttpAccess access;
  private final FetchListener listener;

  /**
   * For sources that a command opens.
   *
   * @param folder has room for overlays whose servers send whole files only
   * @param policy patience with servers
   * @param access what they are shown
   * @param listener hears of bytes that arrive over the network
   */
  public OverlaySources(Path folder, HttpPolicy policy, HttpAccess access, FetchListener listener) {
    this.folder = folder;
    this.policy = policy;
    this.access = access;
    this.listener = listener;
  }

  /** Whether {@code location} is a URL rather than a path. */
  public static boolean isUrl(String location) {
    return URL.matcher(location).matches();
  }

  /**
   * Opens a file or a URL; the caller closes the source. A URL is read in blocks of 1 MiB, ahead of
   * readers that go through it in order.
   *
   * @throws CloudletException when there is no such thing, or it is no URL that can be read
   */
  public OverlaySource open(String location) throws IOException {
    if (!isUrl(location)) {
      return FileOverlaySource.open(Path.of(location));
    }
    try {
      OverlaySource source =
          HttpOverlaySource.open(new URI(location), folder, policy, access, listener);
      boolean distant = source instanceof HttpOverlaySource;
      int ahead = BLOCKS_PER_CONNECTION * policy.connections();
      return distant ? new ReadAheadSource(source, BLOCK, ahead) : source;
    } catch (URISyntaxException e) {
      // Not the exception's own text: it repeats the URL with whatever secrets are in it.
      String what = "the URL has a wrong character at place " + e.getIndex() + "; escape it";
      throw new CloudletException(what);
    }
  }
}
