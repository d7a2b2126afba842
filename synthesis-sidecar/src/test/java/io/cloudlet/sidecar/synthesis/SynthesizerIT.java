package io.cloudlet.sidecar.synthesis;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.cloudlet.sidecar.base.BaseVm;
import io.cloudlet.sidecar.guest.ApplicationState;
import io.cloudlet.sidecar.guest.GuestApplication;
import io.cloudlet.sidecar.image.CorruptException;
import io.cloudlet.sidecar.overlay.OverlayReader;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

@Timeout(600)
class SynthesizerIT {
  private static final SynthesisLimits LIMITS = SynthesisLimits.ofThisMachine();
  private static final Duration STALL = Duration.ofMinutes(2);

  @TempDir Path folder;

  @Test
  void resumesAVmInEveryWay() throws Exception {
    RamCache none = new RamCache(folder.resolve("none"), 0);
    RamCache cache = new RamCache(folder.resolve("cache"), 1L << 30);
    try (GuestLab lab = new GuestLab(folder);
        BaseVm base = lab.makeBase()) {
      VmTarget first = lab.target();
      Synthesized resumed = synthesizer(none).resume(base, first);
      lab.running(resumed.qemu());
      ApplicationState captured = startApplication(lab, first);
      Path file = lab.makeOverlay(base, resumed.qemu());

      try (OverlayReader overlay = OverlayReader.open(file)) {
        assertResumes(lab, base, overlay, none, Way.DELTA, captured);
        assertResumes(lab, base, overlay, cache, Way.COMPOSED, captured);
        assertResumes(lab, base, overlay, cache, Way.MAPPED, captured);
        try (BaseImages images = BaseImages.of(base, overlay)) {
          assertThat(new CacheFill(cache, LIMITS, SynthesisListener.NONE).run(overlay, images))
              .isTrue();
        }
        assertThat(cache.find(overlay.root()).orElseThrow().disk(0)).exists();
        assertResumes(lab, base, overlay, cache, Way.MAPPED, captured);
        assertThat(new RamCache(folder.resolve("cache"), 1).evict()).isPositive();
        assertThat(cache.find(overlay.root())).isPresent();
      }
      assertLeavesNothing(lab, base, file);
    }
  }

  private void assertLeavesNothing(GuestLab lab, BaseVm base, Path overlay) throws Exception {
    byte[] bytes = Files.readAllBytes(overlay);
    bytes[bytes.length / 2] ^= 1;
    Files.write(overlay, bytes);
    RamCache other = new RamCache(folder.resolve("other"), 1L << 30);
    for (RamCache cache : new RamCache[] {other, new RamCache(folder.resolve("none"), 0)}) {
      VmTarget target = lab.target();
      try (OverlayReader damaged = OverlayReader.open(overlay)) {
        assertThatThrownBy(() -> synthesizer(cache).synthesize(base, damaged, target))
            .isInstanceOf(CorruptException.class)
            .hasMessageContaining(overlay.toString());
      }
      assertThat(target.files().disk()).doesNotExist();
      assertThat(target.files().pid()).doesNotExist();
      assertThat(target.files().folder().resolve("memory.raw")).doesNotExist();
    }
    assertThat(folder.resolve("other")).isEmptyDirectory();
  }

  private static Synthesizer synthesizer(RamCache cache) {
    return new Synthesizer(cache, LIMITS, STALL, SynthesisListener.NONE);
  }

  private static void assertResumes(
      GuestLab lab,
      BaseVm base,
      OverlayReader overlay,
      RamCache cache,
      Way way,
      ApplicationState captured)
      throws Exception {
    VmTarget target = lab.target();
    Synthesized result = synthesizer(cache).synthesize(base, overlay, target);
    lab.running(result.qemu());
    assertThat(result.way()).isEqualTo(way);
    try (GuestApplication application = lab.application(target)) {
      application.awaitPulse(GuestLab.PATIENCE);
      ApplicationState now = application.state();
      assertThat(now.isIntact()).isTrue();
      assertThat(now.started()).isTrue();
      assertThat(now.bootId()).isEqualTo(captured.bootId());
      assertThat(now.memoryChecksum()).isEqualTo(captured.memoryChecksum());
      assertThat(now.counter()).isGreaterThanOrEqualTo(captured.counter());
    }
    GuestLab.run("qemu-img", "check", "-q", "-U", target.files().disk().toString());
    result.qemu().kill();
  }

  private static ApplicationState startApplication(GuestLab lab, VmTarget target) throws Exception {
    try (GuestApplication application = lab.application(target)) {
      application.awaitPulse(GuestLab.PATIENCE);
      application.start();
      return application.state();
    }
  }
}
