package io.cloudlet.sidecar.guest;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.time.Duration;
import org.junit.jupiter.api.Test;

class SmallGuestIT {
  private static final Duration PATIENCE = Duration.ofMinutes(2);

  @Test
  void bootsAndRunsItsApplication() throws Exception {
    GuestImage image = SmallGuest.build(SmallGuest.defaultCache(), BuildProgress.silent());
    try (PlainQemu qemu = new PlainQemu(image);
        GuestApplication application = new GuestApplication(qemu.port(), PATIENCE)) {
      qemu.awaitReady(PATIENCE.toSeconds());
      ApplicationState idle = application.awaitPulse(PATIENCE);
      assertThat(idle.started()).isFalse();
      assertThat(idle.counter()).isZero();

      ApplicationState started = application.start();
      assertThat(started.started()).isTrue();

      ApplicationState running = application.state();
      assertThat(running.isIntact()).isTrue();
      assertThat(running.bootId()).isEqualTo(idle.bootId());
      assertThat(running.uptimeSeconds()).isGreaterThan(idle.uptimeSeconds());

      application.start();
      ApplicationState again = application.state();
      assertThat(again.memoryChecksum()).isEqualTo(running.memoryChecksum());
      assertThat(again.counter()).isGreaterThanOrEqualTo(running.counter());
    }
  }

  @Test
  void isBuiltOnce() throws Exception {
    Path cache = SmallGuest.defaultCache();
    GuestImage first = SmallGuest.build(cache, BuildProgress.silent());
    GuestImage second =
        SmallGuest.build(
            cache,
            step -> {
              throw new AssertionError("built again: " + step);
            });
    assertThat(second.disk()).isEqualTo(first.disk()).isReadable();
  }
}
