package io.cloudlet.standalone.demo;

import io.cloudlet.api.v1alpha1.BaseVM;
import io.cloudlet.api.v1alpha1.Synthesis;
import io.cloudlet.api.v1alpha1.Timings;
import io.cloudlet.api.v1alpha1.VMOverlay;
import io.cloudlet.sidecar.cli.DemoReport;
import io.cloudlet.sidecar.guest.ApplicationState;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * What the statuses of the demo's resources say.
 *
 * @param base the base VM
 * @param overlay what was captured
 * @param first its synthesis on a node that had nothing
 * @param second the same again
 */
record Figures(BaseVM base, VMOverlay overlay, Synthesis first, Synthesis second) {
  DemoReport report(PhaseClock boot, ApplicationState before, ApplicationState after) {
    Timings begin = Objects.requireNonNull(first.getStatus().timings());
    Timings again = Objects.requireNonNull(second.getStatus().timings());
    return new DemoReport(
        number(base.getStatus().diskBytes()),
        number(base.getStatus().memoryBytes()),
        number(base.getStatus().packageBytes()),
        number(overlay.getStatus().bytes()),
        boot.millis(),
        number(overlay.getStatus().totalMillis()),
        number(begin.totalMillis()),
        number(begin.readyMillis()),
        number(again.totalMillis()),
        before,
        after);
  }

  private static long number(@Nullable Long value) {
    return value == null ? 0 : value;
  }
}
