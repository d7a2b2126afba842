package io.cloudlet.sidecar.store;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import io.cloudlet.sidecar.store.RemoteFileException.Reason;
import java.io.IOException;
import java.net.URI;
import java.nio.ByteBuffer;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Arrays;
import java.util.Random;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;

/** A file of random bytes behind a server, and impatient readers of it. */
final class DistantFile {
  static final HttpPolicy IMPATIENT =
      new HttpPolicy(
          Duration.ofSeconds(2),
          Duration.ofMillis(300),
          3,
          Duration.ofMillis(1),
          Duration.ofMillis(5),
          3,
          2);

  private final Path folder;
  private final byte[] content = bytes(300_000);

  /** With a folder for what a reader fetches whole. */
  DistantFile(Path folder) {
    this.folder = folder;
  }

  byte[] content() {
    return content;
  }

  OverlaySource open(RawServer server) throws IOException {
    return open(server.url("/a"));
  }

  OverlaySource open(URI url) throws IOException {
    return HttpOverlaySource.open(url, folder, IMPATIENT, HttpAccess.ANONYMOUS, FetchListener.NONE);
  }

  OverlaySource openPatiently(RawServer server) throws IOException {
    HttpPolicy patient =
        new HttpPolicy(
            Duration.ofSeconds(9),
            Duration.ofSeconds(9),
            1,
            Duration.ofMillis(1),
            Duration.ofMillis(1),
            3,
            0);
    return HttpOverlaySource.open(
        server.url("/a"), folder, patient, HttpAccess.ANONYMOUS, FetchListener.NONE);
  }

  void verify(OverlaySource source, int offset) {
    try {
      assertThat(read(source, offset, 1000))
          .isEqualTo(Arrays.copyOfRange(content, offset, offset + 1000));
    } catch (IOException e) {
      throw new AssertionError(e);
    }
  }

  void assertMisbehaves(RawServer.Script script, String message) throws Exception {
    try (RawServer server = new RawServer(script);
        OverlaySource source = open(server)) {
      RemoteFileException error = failure(() -> read(source, 100, 100));
      assertThat(error.reason()).isEqualTo(Reason.MISBEHAVING);
      assertThat(error)
          .hasMessageContaining(server.url("/a") + " at byte 100")
          .hasMessageContaining(message);
    }
  }

  static byte[] read(OverlaySource source, long offset, int count) throws IOException {
    ByteBuffer buffer = ByteBuffer.allocate(count);
    source.read(offset, buffer);
    assertThat(buffer.hasRemaining()).isFalse();
    return buffer.array();
  }

  static RemoteFileException failure(ThrowingCallable call) {
    RemoteFileException error = catchThrowableOfType(RemoteFileException.class, call);
    assertThat(error).isNotNull();
    return error;
  }

  private static byte[] bytes(int count) {
    byte[] bytes = new byte[count];
    new Random(1).nextBytes(bytes);
    return bytes;
  }
}
