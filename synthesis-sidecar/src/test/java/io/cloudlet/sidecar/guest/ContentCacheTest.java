package io.cloudlet.sidecar.guest;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import io.cloudlet.sidecar.image.CloudletException;
import io.cloudlet.sidecar.image.Digest;
import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ContentCacheTest {
  private static final Digest CONTENT = Digest.sha256(new byte[] {1});
  private static final BuildProgress SILENT = BuildProgress.silent();

  @TempDir Path root;

  private ContentCache cache() {
    return new ContentCache(root.resolve("cache"), Duration.ofMinutes(1));
  }

  @Test
  void makesOnceAndFindsAgain() throws IOException {
    Path made =
        cache().folder("thing", CONTENT, SILENT, into -> Files.writeString(into.resolve("f"), "x"));
    Path found =
        cache()
            .folder(
                "thing",
                CONTENT,
                SILENT,
                into -> {
                  throw new AssertionError("made again");
                });
    assertThat(found).isEqualTo(made);
    assertThat(made.resolve("f")).hasContent("x");
    assertThat(made.getFileName().toString()).startsWith("thing-");
  }

  @Test
  void otherContentIsAnotherFolder() throws IOException {
    Path one = cache().folder("thing", CONTENT, SILENT, into -> {});
    Path two = cache().folder("thing", Digest.sha256(new byte[] {2}), SILENT, into -> {});
    assertThat(two).isNotEqualTo(one);
  }

  @Test
  void failureLeavesNothing() throws IOException {
    assertThatExceptionOfType(IOException.class)
        .isThrownBy(() ->
            cache()
                .folder(
                    "thing",
                    CONTENT,
                    SILENT,
                    into -> {
                      Files.createDirectories(into.resolve("a/b"));
                      throw new IOException("disk full");
                    }))
        .withMessage("disk full");
    try (Stream<Path> left = Files.list(root.resolve("cache"))) {
      assertThat(left).noneMatch(Files::isDirectory);
    }
    assertThat(cache().folder("thing", CONTENT, SILENT, into -> {})).isDirectory();
  }

  @Test
  void severalMakersMakeOnce() throws Exception {
    AtomicInteger made = new AtomicInteger();
    CountDownLatch all = new CountDownLatch(4);
    List<Path> found = new ArrayList<>();
    try (ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor()) {
      List<Future<Path>> results = new ArrayList<>();
      for (int i = 0; i < 4; i++) {
        results.add(
            threads.submit(() -> {
              all.countDown();
              all.await();
              return cache().folder("thing", CONTENT, SILENT, into -> made.incrementAndGet());
            }));
      }
      for (Future<Path> result : results) {
        found.add(result.get());
      }
    }
    assertThat(made).hasValue(1);
    assertThat(found).containsOnly(found.getFirst());
  }

  @Test
  void givesUpOnAMakerThatNeverEnds() throws IOException {
    Path folder = cache().folder("thing", CONTENT, SILENT, into -> {});
    Files.delete(folder);
    Path lockFile = folder.resolveSibling("." + folder.getFileName() + ".lock");
    ContentCache impatient = new ContentCache(root.resolve("cache"), Duration.ZERO);
    List<String> steps = new ArrayList<>();
    try (FileChannel channel = FileChannel.open(lockFile, StandardOpenOption.WRITE);
        FileLock _ = channel.lock()) {
      assertThatExceptionOfType(CloudletException.class)
          .isThrownBy(() -> impatient.folder("thing", CONTENT, steps::add, into -> {}))
          .withMessageContaining("another process");
    }
    assertThat(steps).singleElement().asString().contains("waiting");
  }
}
