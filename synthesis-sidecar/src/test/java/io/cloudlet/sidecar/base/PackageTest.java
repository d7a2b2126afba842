package io.cloudlet.sidecar.base;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.cloudlet.sidecar.image.Digest;
import io.cloudlet.sidecar.image.ImageId;
import io.cloudlet.sidecar.image.Partials;
import io.cloudlet.sidecar.image.SparseFile;
import io.cloudlet.sidecar.machine.Machine;
import java.io.ByteArrayInputStream;
import java.io.FilterInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicLong;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class PackageTest {
  @TempDir private Path folder;
  private BaseStore here;
  private BaseStore there;
  private Digest digest;
  private Path file;

  @BeforeEach
  void export() throws IOException {
    here = BaseStore.at(folder.resolve("here"));
    there = BaseStore.at(folder.resolve("there"));
    digest = Bases.create(here, "debian", 1);
    file = folder.resolve("debian.base");
    here.exportTo(here.find("debian"), file, _ -> {});
  }

  @Test
  void anImportedBaseIsTheSame() throws IOException {
    AtomicLong progress = new AtomicLong();
    assertThat(there.importFrom(file, null, progress::addAndGet)).isEqualTo(digest);
    there.verify(there.find("debian"), _ -> {});
    assertThat(progress.get()).isPositive();
    Path original = here.find(digest).orElseThrow().folder();
    Path copy = there.find(digest).orElseThrow().folder();
    try (Stream<Path> files = Files.walk(original)) {
      assertThat(files.filter(Files::isRegularFile))
          .hasSize(11)
          .allSatisfy(path ->
              assertThat(Files.mismatch(path, copy.resolve(original.relativize(path))))
                  .isEqualTo(-1));
    }
  }

  @Test
  void holesTravelAsHoles() throws IOException {
    try (BaseDraft draft = here.draft(new BaseName("sparse"))) {
      SparseFile.create(draft.addImage(ImageId.FIRST_DISK), 1L << 40).close();
      draft.commit(withoutKernel());
    }
    Path sparse = folder.resolve("sparse.base");
    here.exportTo(here.find("sparse"), sparse, _ -> {});
    assertThat(Files.size(sparse)).isLessThan(2000);
    Digest imported = there.importFrom(sparse, null, _ -> {});
    try (BaseVm base = there.open(imported)) {
      assertThat(base.image(0).length()).isEqualTo(1L << 40);
      assertThat(base.image(0).dataExtents()).isEmpty();
      assertThat(base.index().entries()).isZero();
    }
  }

  private static Machine withoutKernel() {
    Machine machine = Bases.machine();
    return new Machine(
        machine.layout(),
        machine.machineType(),
        machine.cpuModel(),
        machine.cpus(),
        machine.memoryBytes(),
        machine.accelerator(),
        List.of(),
        null,
        false);
  }

  @Test
  void aStreamMayGiveByteByByte() throws IOException {
    InputStream slow =
        new FilterInputStream(new ByteArrayInputStream(Files.readAllBytes(file))) {
          @Override
          public int read(byte[] target, int offset, int length) throws IOException {
            return super.read(target, offset, Math.min(length, 1000));
          }
        };
    assertThat(there.importFrom(slow, "http://example.org/debian", null, _ -> {}))
        .isEqualTo(digest);
  }

  @Test
  void aDuplicateIsNamedBeforeItIsRead() throws IOException {
    byte[] start = new byte[4096];
    System.arraycopy(Files.readAllBytes(file), 0, start, 0, start.length);
    assertThatThrownBy(() -> here.importFrom(new ByteArrayInputStream(start), "x", null, _ -> {}))
        .isInstanceOf(DuplicateBaseException.class)
        .hasMessageContaining("debian")
        .hasMessageContaining(digest.toString());
  }

  @Test
  void aNameThatIsTakenCanBeChanged() throws IOException {
    Bases.create(there, "debian", 2);
    assertThatThrownBy(() -> there.importFrom(file, null, _ -> {}))
        .isInstanceOf(DuplicateBaseException.class)
        .hasMessageContaining("choose another name");
    there.importFrom(file, new BaseName("other"), _ -> {});
    assertThat(there.find("other").digest()).isEqualTo(digest);
    assertThat(there.find("other").manifest().name()).isEqualTo(new BaseName("debian"));
  }

  @Test
  void ofTwoImportsAtOnceOneWins() throws Exception {
    try (ExecutorService threads = Executors.newFixedThreadPool(2)) {
      Callable<Digest> task = () -> there.importFrom(file, null, _ -> {});
      int imported = 0;
      for (Future<Digest> result : List.of(threads.submit(task), threads.submit(task))) {
        try {
          assertThat(result.get()).isEqualTo(digest);
          imported++;
        } catch (ExecutionException e) {
          assertThat(e).hasCauseInstanceOf(DuplicateBaseException.class);
        }
      }
      assertThat(imported).isEqualTo(1);
    }
    there.verify(there.find("debian"), _ -> {});
    assertThat(there.root()).isDirectoryNotContaining(Partials::isPartial);
  }

  @Test
  void aFailingStreamLeavesNothing() throws IOException {
    InputStream broken =
        new FilterInputStream(new ByteArrayInputStream(Files.readAllBytes(file))) {
          private int left = 400_000;

          @Override
          public int read(byte[] target, int offset, int length) throws IOException {
            if (left <= 0) {
              throw new IOException("connection reset");
            }
            int count = super.read(target, offset, Math.min(length, left));
            left -= count;
            return count;
          }
        };
    assertThatThrownBy(() -> there.importFrom(broken, "x", null, _ -> {}))
        .hasMessage("connection reset");
    assertThat(there.list()).isEmpty();
    assertThat(there.root()).isDirectoryNotContaining(Partials::isPartial);
  }
}
