package io.cloudlet.sidecar.agent.cache;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.cloudlet.sidecar.agent.http.Content;
import io.cloudlet.sidecar.agent.http.ContentServer;
import io.cloudlet.sidecar.agent.http.ServerAccess;
import io.cloudlet.sidecar.agent.http.ServerLimits;
import io.cloudlet.sidecar.base.BaseEntry;
import io.cloudlet.sidecar.base.Bases;
import io.cloudlet.sidecar.image.CorruptException;
import io.cloudlet.sidecar.image.Digest;
import io.cloudlet.sidecar.node.Progress;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class BaseTransferTest {
  private static final URI NOBODY = URI.create("http://127.0.0.1:1/v1/bases/x");
  private static final int HEAD = 1 << 17;

  @TempDir private Path folder;
  private TestNode a;
  private TestNode b;
  private Digest base;

  @BeforeEach
  void start() throws IOException {
    a = new TestNode(folder.resolve("a"));
    b = new TestNode(folder.resolve("b"));
    base = a.createLarge("large", 1);
  }

  @AfterEach
  void stop() {
    a.close();
    b.close();
  }

  @Test
  void bringsABaseAndItsPackageOnce() throws Exception {
    BaseEntry entry = b.fetch(base, Progress.SILENT, a.url(base));
    assertThat(entry.digest()).isEqualTo(base);
    assertThat(entry.name().text()).isEqualTo("large");
    b.store().verify(entry, _ -> {});
    assertThat(b.isClean()).isTrue();
    assertThat(b.packages.file(base)).hasSameBinaryContentAs(a.packages.file(base));

    long sent = a.sentBytes();
    b.fetch(base, Progress.SILENT, a.url(base));
    assertThat(a.sentBytes()).isEqualTo(sent);

    // A package that is here makes a base VM without any source.
    b.store().remove(entry, _ -> List.of());
    b.fetch(base, Progress.SILENT);
    assertThat(b.store().find(base)).isPresent();
  }

  @Test
  void aNameThatIsTakenGivesWayToTheDigest() throws Exception {
    Bases.create(b.store(), "large", 7);
    assertThat(b.fetch(base, Progress.SILENT, a.url(base)).name().text())
        .isEqualTo(base.shortHex());
  }

  @Test
  void anotherSourceGoesOnWhereOneDied() throws Exception {
    try (TestNode c = new TestNode(folder.resolve("c"))) {
      c.fetch(base, Progress.SILENT, a.url(base));
      long all = Files.size(a.packages.file(base));
      Progress killing = at(all / 2, () -> a.close());
      b.fetch(base, killing, a.url(base), c.url(base));
      assertThat(c.sentBytes()).isBetween(1L, all * 2 / 3);
      b.store().verify(b.store().find(base).orElseThrow(), _ -> {});
      assertThat(b.isClean()).isTrue();
    }
  }

  @Test
  void aSourceWithAnotherFileOfTheSameBaseBeginsAnew() throws Exception {
    Path other = folder.resolve("other.base");
    a.store().exportTo(a.store().find(base).orElseThrow(), other, _ -> {});
    Content content = new Content(other, Digest.sha256(new byte[] {1}));
    long all = Files.size(other);
    try (ContentServer server = serve(content)) {
      b.fetch(base, at(all / 2, () -> a.close()), a.url(base), url(server));
      assertThat(server.sentBytes()).isGreaterThan(all);
    }
    b.store().verify(b.store().find(base).orElseThrow(), _ -> {});
  }

  @Test
  void refusesADamagedPackageAndTakesAGoodOne() throws Exception {
    byte[] bytes = Files.readAllBytes(a.packages.make(base));
    Random random = new Random(5);
    for (int i = 0; i < 4; i++) {
      byte[] damaged = bytes.clone();
      damaged[4096 + random.nextInt(damaged.length - 4096)] ^= 1;
      Path file = Files.write(folder.resolve("damaged"), damaged);
      Content content = new Content(file, Digest.sha256(damaged));
      try (ContentServer server = serve(content)) {
        assertThatThrownBy(() -> b.fetch(base, Progress.SILENT, url(server)))
            .isInstanceOfSatisfying(
                TransferFailedException.class,
                e -> assertThat(e.getSuppressed()).hasOnlyElementsOfType(CorruptException.class));
        assertThat(b.store().list()).isEmpty();
        assertThat(b.packages.file(base)).doesNotExist();
        assertThat(b.isClean()).isTrue();
        if (i == 3) {
          b.fetch(base, Progress.SILENT, url(server), a.url(base));
        }
      }
    }
    b.store().verify(b.store().find(base).orElseThrow(), _ -> {});
  }

  @Test
  void whatOneSourceSpoiledIsFetchedAnewFromTheNext() throws Exception {
    byte[] damaged = Files.readAllBytes(a.packages.make(base));
    damaged[1 << 20] ^= 1;
    Path file = Files.write(folder.resolve("damaged"), damaged);
    Content content = new Content(file, a.packages.find(base).orElseThrow().digest());
    try (ContentServer server = serve(content)) {
      b.fetch(base, at(damaged.length / 2, server::close), url(server), a.url(base));
    }
    b.store().verify(b.store().find(base).orElseThrow(), _ -> {});
    assertThat(b.isClean()).isTrue();
  }

  @Test
  void refusesAnotherBaseByItsManifest() throws Exception {
    Content content = a.packages.find(base).orElseThrow();
    Digest wanted = Digest.sha256(new byte[] {2});
    try (ContentServer server = serve(content)) {
      assertThatThrownBy(() -> b.fetch(wanted, Progress.SILENT, url(server)))
          .isInstanceOfSatisfying(
              TransferFailedException.class, e -> assertThat(e.isRetryable()).isFalse())
          .hasMessageContaining("is a package of base VM " + base + ", not of " + wanted);
      assertThat(server.sentBytes()).isLessThan(HEAD);
    }
    assertThat(b.isClean()).isTrue();
  }

  @Test
  void saysWhyNoSourceGaveIt() throws Exception {
    Digest missing = Digest.sha256(new byte[] {3});
    URI secret = URI.create(a.url(missing).toString().replace("http://", "http://me:pw@"));
    assertThatThrownBy(() -> b.fetch(missing, Progress.SILENT, secret, NOBODY))
        .isInstanceOfSatisfying(
            TransferFailedException.class, e -> assertThat(e.isRetryable()).isTrue())
        .hasMessageContaining("no such file (404)")
        .hasMessageContaining("127.0.0.1:1/")
        .hasMessageNotContaining("pw");
    assertThatThrownBy(() -> b.fetch(missing, Progress.SILENT, a.url(missing)))
        .isInstanceOfSatisfying(
            TransferFailedException.class, e -> assertThat(e.isRetryable()).isFalse());
    assertThatThrownBy(() -> b.fetch(missing, Progress.SILENT))
        .hasMessageContaining("nowhere to be had");
    assertThat(b.isClean()).isTrue();
  }

  @Test
  void fetchesNothingThatDoesNotFit() throws Exception {
    a.packages.make(base);
    try (TestNode small = new TestNode(folder.resolve("small"), 30L << 20)) {
      assertThatThrownBy(() -> small.fetch(base, Progress.SILENT, a.url(base)))
          .isInstanceOf(NoRoomException.class)
          .hasMessageContaining("the cache may take " + (30L << 20));
      assertThat(a.sentBytes()).isLessThan(HEAD);
      assertThat(small.isClean()).isTrue();
    }
  }

  @Test
  void goesOnAfterAnInterrupt() throws Exception {
    long all = Files.size(a.packages.make(base));
    Thread worker = Thread.currentThread();
    assertThatThrownBy(() -> b.fetch(base, at(all / 2, worker::interrupt), a.url(base)))
        .isInstanceOf(IOException.class)
        .isNotInstanceOf(TransferFailedException.class);
    assertThat(Thread.interrupted()).isTrue();
    long sent = a.sentBytes();
    b.fetch(base, Progress.SILENT, a.url(base));
    assertThat(a.sentBytes() - sent).isLessThan(all * 3 / 4);
    assertThat(b.isClean()).isTrue();
  }

  /** Does something when so many bytes have been fetched. */
  private static Progress at(long bytes, Runnable action) {
    return (what, _) ->
        new Progress.Stage() {
          private long seen;

          @Override
          public void advance(long more) {
            boolean before = seen < bytes;
            seen += more;
            if (what.equals("fetching") && before && seen >= bytes) {
              action.run();
            }
          }
        };
  }

  private static ContentServer serve(Content content) throws IOException {
    return ContentServer.start(
        new InetSocketAddress(InetAddress.getLoopbackAddress(), 0),
        _ -> Optional.empty(),
        _ -> Optional.of(content),
        ServerAccess.EVERYBODY,
        ServerLimits.DEFAULT);
  }

  private URI url(ContentServer server) {
    return URI.create("http://127.0.0.1:" + server.address().getPort() + "/v1/bases/" + base.hex());
  }
}
