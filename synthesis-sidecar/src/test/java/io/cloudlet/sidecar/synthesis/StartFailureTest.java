package io.cloudlet.sidecar.synthesis;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.cloudlet.sidecar.base.BaseStore;
import io.cloudlet.sidecar.base.BaseVm;
import io.cloudlet.sidecar.base.Bases;
import io.cloudlet.sidecar.image.Folders;
import io.cloudlet.sidecar.image.ImageId;
import io.cloudlet.sidecar.overlay.OverlayReader;
import io.cloudlet.sidecar.qemu.ProcessHost;
import io.cloudlet.sidecar.qemu.QemuBinary;
import io.cloudlet.sidecar.qemu.QemuStartException;
import io.cloudlet.sidecar.qemu.QemuVersion;
import io.cloudlet.sidecar.qemu.VmFiles;
import io.cloudlet.sidecar.store.FileOverlaySource;
import io.cloudlet.sidecar.store.OverlaySource;
import java.io.IOException;
import java.io.InterruptedIOException;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicBoolean;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** A QEMU that does not start, while the overlay is still on its way. */
class StartFailureTest {
  @TempDir Path folder;

  @Test
  @Timeout(60)
  void isReportedBeforeTheOverlayHasArrived() throws Exception {
    BaseStore store = BaseStore.at(folder.resolve("bases"));
    try (BaseVm base = store.open(Bases.create(store, "small", 5));
        StandingSource source = new StandingSource(FileOverlaySource.open(overlay(base)))) {
      RamCache cache = new RamCache(folder.resolve("cache"), 1L << 30);
      OverlayReader overlay = OverlayReader.open(source);
      VmFiles files = new VmFiles(Folders.create(folder.resolve("vm")));
      VmTarget target = new VmTarget(failing(), Bases.machine(), new ProcessHost(files));
      source.stands.set(true);

      assertThatThrownBy(() -> synthesizer(cache).synthesize(base, overlay, target))
          .isInstanceOf(QemuStartException.class)
          .hasMessageContaining("no such device");

      assertThat(files.disk()).doesNotExist();
      assertThat(files.sharedDisk()).doesNotExist();
      assertThat(files.memory()).doesNotExist();
      assertThat(folder.resolve("cache")).isEmptyDirectory();
    }
  }

  private static Synthesizer synthesizer(RamCache cache) {
    return new Synthesizer(
        cache, SynthesisLimits.ofThisMachine(), Duration.ofMinutes(5), SynthesisListener.NONE);
  }

  /** Of a state that differs from the base's in its disk. */
  private Path overlay(BaseVm base) throws IOException {
    Path disk = folder.resolve("changed");
    byte[] content = Files.readAllBytes(base.path(ImageId.FIRST_DISK));
    content[100_000] ^= 1;
    Files.write(disk, content);
    BaseImages.Locator changed = id -> id.equals(ImageId.FIRST_DISK) ? disk : base.path(id);
    List<ImageId> ids = List.of(ImageId.FIRST_DISK, ImageId.MAIN_MEMORY);
    Path target = folder.resolve("a.overlay");
    try (NaiveEncoder encoder = new NaiveEncoder(ids, base::path, changed, 512)) {
      encoder.write(target, base.digest(), Bases.machine(), new byte[8], new byte[8]);
    }
    return target;
  }

  private QemuBinary failing() throws IOException {
    Path script = folder.resolve("qemu");
    Files.writeString(script, "#!/bin/sh\necho no such device\nexit 1\n");
    Files.setPosixFilePermissions(script, PosixFilePermissions.fromString("rwx------"));
    return new QemuBinary(script.toString(), new QemuVersion(7, 2, 0), false);
  }

  /** A source that gives nothing more from some instant on, until its reader is interrupted. */
  private record StandingSource(OverlaySource source, AtomicBoolean stands)
      implements OverlaySource {
    StandingSource(OverlaySource source) {
      this(source, new AtomicBoolean());
    }

    @Override
    public long length() {
      return source.length();
    }

    @Override
    public void read(long offset, ByteBuffer destination) throws IOException {
      // Blobs are read by the caller's own thread, before QEMU is started.
      if (stands.get() && Thread.currentThread().getName().startsWith("synthesis")) {
        try {
          new CountDownLatch(1).await();
        } catch (InterruptedException e) {
          Thread.currentThread().interrupt();
          throw new InterruptedIOException("interrupted");
        }
      }
      source.read(offset, destination);
    }

    @Override
    public String describe() {
      return source.describe();
    }

    @Override
    public void close() {
      source.close();
    }
  }
}
