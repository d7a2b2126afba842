package io.cloudlet.sidecar.store;

import static io.cloudlet.sidecar.store.RawServer.head;
import static io.cloudlet.sidecar.store.RawServer.range;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import io.cloudlet.sidecar.image.CloudletException;
import io.cloudlet.sidecar.image.CorruptException;
import io.cloudlet.sidecar.store.RemoteFileException.Reason;
import java.net.URI;
import java.nio.file.Path;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** What a URL leads to, and what is told of it. */
@Timeout(30)
class HttpOverlayUrlTest {
  @TempDir Path folder;
  private DistantFile file;
  private byte[] content;

  @BeforeEach
  void makeAFile() {
    file = new DistantFile(folder);
    content = file.content();
  }

  @Test
  void followsRedirectionsUpToALimit() throws Exception {
    RawServer.Script script =
        (request, out) -> {
          if (request.target().equals("/circle")) {
            head(out, "HTTP/1.1 302 Found", "Location: /circle", "Content-Length: 0");
          } else if (request.target().equals("/from")) {
            head(out, "HTTP/1.1 307 Temporary Redirect", "Location: to", "Content-Length: 0");
          } else {
            range(request, out, content);
          }
        };
    try (RawServer server = new RawServer(script)) {
      try (OverlaySource source = file.open(server.url("/from"))) {
        file.verify(source, 0);
      }
      RemoteFileException error = DistantFile.failure(() -> file.open(server.url("/circle")));
      assertThat(error.reason()).isEqualTo(Reason.REDIRECTED);
      assertThat(error).hasMessageContaining("redirected more than 2 times");
    }
  }

  @Test
  void keepsSecretsOutOfMessagesAndAwayFromOtherHosts() throws Exception {
    try (RawServer other = new RawServer((request, out) -> range(request, out, content));
        RawServer server =
            new RawServer((request, out) ->
                head(out, "HTTP/1.1 302 Found", "Location: " + other.url("/b")))) {
      URI secret = URI.create(server.url("/a?sig=s3cret").toString().replace("//", "//me:pass@"));
      try (OverlaySource source = file.open(secret)) {
        assertThat(source.describe()).isEqualTo(server.url("/a").toString());
      }
      assertThat(server.requests.getFirst().header("authorization")).startsWith("Basic ");
      assertThat(other.requests.getFirst().headers()).doesNotContainKey("authorization");
    }
    try (RawServer gone = new RawServer((request, out) -> head(out, "HTTP/1.1 404 Not Found"))) {
      URI secret = URI.create(gone.url("/a?sig=s3cret").toString().replace("//", "//me:pass@"));
      RemoteFileException error = DistantFile.failure(() -> file.open(secret));
      assertThat(error.reason()).isEqualTo(Reason.REFUSED);
      assertThat(error).hasMessageContaining("/a at byte 0").hasMessageContaining("404");
      assertThat(error.getMessage()).doesNotContain("s3cret").doesNotContain("pass");
    }
  }

  @Test
  void saysWhenNothingListens() throws Exception {
    URI url;
    try (RawServer server = new RawServer((request, out) -> {})) {
      url = server.url("/a");
    }
    assertThat(DistantFile.failure(() -> file.open(url)).reason()).isEqualTo(Reason.UNREACHABLE);
  }

  @Test
  void refusesOtherSchemesAndRangesPastTheEnd() throws Exception {
    assertThat(
            catchThrowableOfType(
                CloudletException.class, () -> file.open(URI.create("ftp://host/a"))))
        .hasMessageContaining("no http or https URL");
    try (RawServer server = new RawServer((request, out) -> range(request, out, content));
        OverlaySource source = file.open(server)) {
      assertThat(
              catchThrowableOfType(
                  CorruptException.class, () -> DistantFile.read(source, 299_999, 2)))
          .hasMessageContaining("300000 in all");
    }
  }
}
