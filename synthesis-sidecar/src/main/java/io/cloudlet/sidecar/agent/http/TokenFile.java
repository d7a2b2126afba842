package io.cloudlet.sidecar.agent.http;

import io.cloudlet.sidecar.image.CloudletException;
import io.cloudlet.sidecar.image.Digest;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.attribute.BasicFileAttributes;
import java.nio.file.attribute.FileTime;
import java.security.MessageDigest;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Tokens in a file, one per line: the first is shown to others, each is accepted, so that it can be
 * replaced while it is in use. Read again when it has changed. Thread-safe.
 */
public final class TokenFile {
  private static final long LARGEST = 64 << 10;

  private record Version(@Nullable Object key, FileTime modified, long size) {}

  private final Path file;
  private @Nullable Version version;
  private List<String> tokens = List.of();

  /** Over a file that its owner alone may read. */
  public TokenFile(Path file) {
    this.file = file;
  }

  /**
   * The token to show to others.
   *
   * @throws CloudletException when the file holds none
   */
  public String token() throws IOException {
    return read().getFirst();
  }

  /** Whether somebody shows a token of the file; takes as long for each that is wrong. */
  boolean accepts(String shown) throws IOException {
    byte[] digest = Digest.sha256(bytes(shown)).bytes();
    boolean accepted = false;
    for (String token : read()) {
      accepted |= MessageDigest.isEqual(digest, Digest.sha256(bytes(token)).bytes());
    }
    return accepted;
  }

  private synchronized List<String> read() throws IOException {
    BasicFileAttributes attributes = attributes();
    Version now =
        new Version(attributes.fileKey(), attributes.lastModifiedTime(), attributes.size());
    if (!now.equals(version)) {
      if (now.size() > LARGEST) {
        throw new CloudletException(file + " is too long for a file of tokens; name another one");
      }
      tokens = Files.readString(file).lines().map(String::strip).filter(t -> !t.isEmpty()).toList();
      version = now;
    }
    if (tokens.isEmpty()) {
      throw new CloudletException(file + " holds no token; write one into its first line");
    }
    return tokens;
  }

  private BasicFileAttributes attributes() throws IOException {
    try {
      return Files.readAttributes(file, BasicFileAttributes.class);
    } catch (NoSuchFileException e) {
      throw new CloudletException("there is no file " + file + " of tokens; make it", e);
    }
  }

  private static byte[] bytes(String token) {
    return token.getBytes(StandardCharsets.UTF_8);
  }

  /** The file's name, never what it holds. */
  @Override
  public String toString() {
    return "tokens in " + file;
  }
}
