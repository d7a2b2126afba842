package io.cloudlet.standalone.image;

import io.cloudlet.sidecar.guest.HostProgram;
import io.cloudlet.sidecar.image.CloudletException;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * What an image is made from.
 *
 * @param version of the project
 * @param revision the commit, with {@code -dirty} behind it where files differ; empty when this is
 *     no checkout
 * @param source address of the repository; empty when it has no public one
 * @param time of the commit, or what SOURCE_DATE_EPOCH says; all times in the image are this one
 */
public record Provenance(
    String version, Optional<String> revision, Optional<String> source, Instant time) {
  private static final Duration LOOKUP = Duration.ofSeconds(30);

  /**
   * Asks git about the checkout that a folder belongs to.
   *
   * @throws CloudletException when SOURCE_DATE_EPOCH is no number
   */
  public static Provenance of(String version, Path checkout, Map<String, String> environment)
      throws CloudletException {
    Optional<String> commit = git(checkout, "rev-parse", "HEAD");
    boolean dirty = git(checkout, "status", "--porcelain").isPresent();
    Optional<String> source =
        git(checkout, "config", "--get", "remote.origin.url")
            .filter(url -> url.startsWith("https://") && !url.contains("@"));
    String seconds = environment.getOrDefault("SOURCE_DATE_EPOCH", "");
    if (seconds.isBlank()) {
      seconds = git(checkout, "log", "-1", "--format=%ct").orElse("0");
    }
    return new Provenance(
        version, commit.map(id -> dirty ? id + "-dirty" : id), source, instant(seconds));
  }

  private static Instant instant(String seconds) throws CloudletException {
    try {
      return Instant.ofEpochSecond(Long.parseLong(seconds.strip()));
    } catch (NumberFormatException e) {
      throw new CloudletException(
          "SOURCE_DATE_EPOCH is '" + seconds + "'; give seconds since 1970, or leave it away", e);
    }
  }

  /** Empty as well where git is absent or this is no checkout: the image is made without it. */
  private static Optional<String> git(Path checkout, String... arguments) {
    try {
      String said = HostProgram.find("git", "git", LOOKUP).run(checkout, List.of(arguments));
      return Optional.of(said.strip()).filter(text -> !text.isEmpty());
    } catch (IOException e) {
      return Optional.empty();
    }
  }
}
