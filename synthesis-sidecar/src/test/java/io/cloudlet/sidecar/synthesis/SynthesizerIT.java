package io.cloudlet.sidecar.synthesis;

import static org.assertj.core.api.Assertions.assertThat;

import io.cloudlet.sidecar.base.BaseVm;
import io.cloudlet.sidecar.guest.ApplicationState;
import io.cloudlet.sidecar.guest.GuestApplication;
import io.cloudlet.sidecar.overlay.OverlayReader;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

@Timeout(300)
class SynthesizerIT {
  @TempDir Path folder;

  @Test
  void resumesBaseAndOverlayAndOverlayAgain() throws Exception {
    RamCache cache = new RamCache(folder.resolve("cache"), 1L << 30);
    SynthesisLimits limits = SynthesisLimits.ofThisMachine();
    Synthesizer synthesizer =
        new Synthesizer(cache, limits, Duration.ofMinutes(1), SynthesisListener.NONE);
    try (GuestLab lab = new GuestLab(folder);
        BaseVm base = lab.makeBase()) {
      VmTarget first = lab.target();
      Synthesized resumed = synthesizer.resume(base, first);
      lab.running(resumed.qemu());
      ApplicationState captured = startApplication(lab, first);

      Path file = lab.makeOverlay(base, resumed.qemu());
      try (OverlayReader overlay = OverlayReader.open(file)) {
        VmTarget second = lab.target();
        Synthesized delta = synthesizer.synthesize(base, overlay, second);
        lab.running(delta.qemu());
        assertThat(delta.way()).isEqualTo(Way.DELTA);
        assertGoesOn(lab, second, captured);
        GuestLab.run("qemu-img", "check", "-q", "-U", second.files().disk().toString());

        try (BaseImages images = BaseImages.of(base, overlay)) {
          CacheFill fill = new CacheFill(cache, limits, SynthesisListener.NONE);
          assertThat(fill.run(overlay, images)).isTrue();
        }
        VmTarget third = lab.target();
        Synthesized mapped = synthesizer.synthesize(base, overlay, third);
        lab.running(mapped.qemu());
        assertThat(mapped.way()).isEqualTo(Way.MAPPED);
        assertGoesOn(lab, third, captured);
        assertThat(cache.find(overlay.root()).orElseThrow().inUse()).isTrue();
        assertThat(new RamCache(folder.resolve("cache"), 1).evict()).isPositive();
        assertThat(Files.exists(cache.find(overlay.root()).orElseThrow().folder())).isTrue();
      }
    }
  }

  private static ApplicationState startApplication(GuestLab lab, VmTarget target) throws Exception {
    try (GuestApplication application = lab.application(target)) {
      application.awaitPulse(GuestLab.PATIENCE);
      application.start();
      return application.state();
    }
  }

  private static void assertGoesOn(GuestLab lab, VmTarget target, ApplicationState captured)
      throws Exception {
    try (GuestApplication application = lab.application(target)) {
      application.awaitPulse(GuestLab.PATIENCE);
      ApplicationState now = application.state();
      assertThat(now.isIntact()).isTrue();
      assertThat(now.started()).isTrue();
      assertThat(now.bootId()).isEqualTo(captured.bootId());
      assertThat(now.memoryChecksum()).isEqualTo(captured.memoryChecksum());
      assertThat(now.counter()).isGreaterThanOrEqualTo(captured.counter());
    }
  }
}
