package io.cloudlet.sidecar.agent.http;

import com.sun.net.httpserver.Headers;
import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpHandler;
import io.cloudlet.sidecar.image.Digest;
import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.file.NoSuchFileException;
import java.nio.file.StandardOpenOption;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.Semaphore;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Answers requests for contents. Of a path, nothing but a digest is ever used. */
final class ContentHandler implements HttpHandler {
  private static final Logger LOG = LoggerFactory.getLogger(ContentHandler.class);
  private static final Pattern PATH = Pattern.compile("/v1/([a-z]{1,16})/([0-9a-f]{64})");
  private static final String BEARER = "Bearer ";

  private final Map<String, Contents> kinds;
  private final Optional<TokenFile> tokens;
  private final Semaphore answers;
  private final ContentBody body;

  /**
   * A handler.
   *
   * @param kinds contents by the second part of their path
   */
  ContentHandler(
      Map<String, Contents> kinds,
      Optional<TokenFile> tokens,
      ServerLimits limits,
      ContentBody body) {
    this.kinds = Map.copyOf(kinds);
    this.tokens = tokens;
    this.answers = new Semaphore(limits.answers());
    this.body = body;
  }

  @Override
  public void handle(HttpExchange exchange) {
    try (exchange) {
      if (!answers.tryAcquire()) {
        exchange.getResponseHeaders().set("Retry-After", "1");
        Reply.error(exchange, 503, "too many answers are being sent; ask again");
        return;
      }
      try {
        answer(exchange);
      } finally {
        answers.release();
      }
    } catch (IOException e) {
      // The client hung up, or was too slow; or the file cannot be read, which the log has to tell.
      LOG.debug("answer to {} ended early", exchange.getRemoteAddress(), e);
    } catch (RuntimeException e) {
      LOG.warn("answer to {} failed", exchange.getRemoteAddress(), e);
    }
  }

  private void answer(HttpExchange exchange) throws IOException {
    if (!isAllowed(exchange)) {
      exchange.getResponseHeaders().set("WWW-Authenticate", "Bearer realm=\"cloudlet\"");
      Reply.error(exchange, 401, "a bearer token is needed; show the one of this cluster");
      return;
    }
    String path = String.valueOf(exchange.getRequestURI().getRawPath());
    Matcher matcher = PATH.matcher(path);
    Contents contents = matcher.matches() ? kinds.get(matcher.group(1)) : null;
    if (contents == null) {
      Reply.error(exchange, 404, "there is nothing here; ask for /v1/KIND/64 digits of a digest");
    } else if (!exchange.getRequestMethod().matches("GET|HEAD")) {
      exchange.getResponseHeaders().set("Allow", "GET, HEAD");
      Reply.error(exchange, 405, "this can be read only; use GET or HEAD");
    } else {
      answer(exchange, contents, new Digest(matcher.group(2)));
    }
  }

  private boolean isAllowed(HttpExchange exchange) {
    if (tokens.isEmpty()) {
      return true;
    }
    String shown = exchange.getRequestHeaders().getFirst("Authorization");
    try {
      return shown != null
          && shown.regionMatches(true, 0, BEARER, 0, BEARER.length())
          && tokens.get().accepts(shown.substring(BEARER.length()).strip());
    } catch (IOException e) {
      LOG.warn("nobody gets in: {}", e.getMessage());
      return false;
    }
  }

  private void answer(HttpExchange exchange, Contents contents, Digest digest) throws IOException {
    Optional<Content> content;
    try {
      content = contents.find(digest);
    } catch (NotReadyException e) {
      exchange.getResponseHeaders().set("Retry-After", Long.toString(e.pause().toSeconds()));
      Reply.error(exchange, 503, digest + " is being made; ask again");
      return;
    } catch (IOException e) {
      LOG.warn("{} cannot be given away", digest, e);
      Reply.error(exchange, 500, digest + " cannot be read; see the log of this machine");
      return;
    }
    if (content.isEmpty() || !send(exchange, content.get())) {
      Reply.error(exchange, 404, digest + " is not here");
    }
  }

  /** Whether the file was there still. */
  private boolean send(HttpExchange exchange, Content content) throws IOException {
    try (FileChannel file = FileChannel.open(content.file(), StandardOpenOption.READ)) {
      send(exchange, content.etag(), file);
      return true;
    } catch (NoSuchFileException e) {
      return false;
    }
  }

  private void send(HttpExchange exchange, String etag, FileChannel file) throws IOException {
    long length = file.size();
    Headers headers = exchange.getResponseHeaders();
    headers.set("ETag", etag);
    headers.set("Accept-Ranges", "bytes");
    Conditions conditions = new Conditions(exchange.getRequestHeaders(), etag);
    if (conditions.failed()) {
      Reply.error(exchange, 412, "it is another version here");
      return;
    }
    if (conditions.known()) {
      exchange.sendResponseHeaders(304, -1);
      return;
    }
    Optional<ByteRange> range =
        exchange.getRequestMethod().equals("GET") ? conditions.range() : Optional.empty();
    if (range.isEmpty()) {
      body.send(exchange, 200, file, new ByteRange.Slice(0, length));
      return;
    }
    Optional<ByteRange.Slice> slice = range.get().of(length);
    if (slice.isEmpty()) {
      headers.set("Content-Range", "bytes */" + length);
      Reply.error(exchange, 416, "the file has " + length + " bytes");
      return;
    }
    long last = slice.get().offset() + slice.get().length() - 1;
    headers.set("Content-Range", "bytes " + slice.get().offset() + "-" + last + "/" + length);
    body.send(exchange, 206, file, slice.get());
  }
}
