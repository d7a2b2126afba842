package io.cloudlet.standalone.bench;

import static org.assertj.core.api.Assertions.assertThat;

import io.cloudlet.sidecar.node.Progress;
import io.cloudlet.standalone.kubernetes.ProgramFinder;
import io.cloudlet.standalone.kubernetes.Programs;
import java.io.IOException;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The measurement measures; whether its figures are good is for a quiet machine to say. */
class ControlPlaneRunIT {
  @TempDir private Path folder;

  @Test
  void measuresARealOperatorOnARealApiServer() throws IOException {
    Programs programs = new ProgramFinder(System.getenv(), Progress.SILENT, _ -> {}).find();
    Load load = new Load(40, 4, 5, 5, 4);

    ControlPlaneReport report =
        new ControlPlaneRun("this", folder, programs, load, Progress.SILENT, _ -> {}).run();

    assertThat(report.ready()).isGreaterThanOrEqualTo(report.created()).isPositive();
    // Its creation, its node, and that it is ready, at least.
    assertThat(report.writesEach()).isGreaterThanOrEqualTo(3);
    assertThat(report.reconcileP99()).isPositive().isFinite();
    assertThat(report.placedP99()).isGreaterThanOrEqualTo(report.placedP50()).isPositive();
    assertThat(report.heapPeak()).isGreaterThanOrEqualTo(report.heapLive()).isPositive();
    assertThat(report.watches().watches()).isEqualTo(16);
    assertThat(report.watches().events()).isEqualTo(report.watches().changes()).isEqualTo(4);
    assertThat(report.goals()).isNotEmpty();
  }
}
