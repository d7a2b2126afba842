package io.cloudlet.sidecar.agent.control;

import static org.assertj.core.api.Assertions.assertThat;

import io.cloudlet.api.v1alpha1.Progress;
import io.cloudlet.sidecar.agent.job.JobState;
import io.cloudlet.sidecar.node.DecimalSize;
import org.junit.jupiter.api.Test;

class AmountsTest {
  @Test
  void saysSizesWithThreeDigits() {
    assertThat(DecimalSize.of(999)).isEqualTo("999 B");
    assertThat(DecimalSize.of(40_600_000)).isEqualTo("40.6 MB");
    assertThat(DecimalSize.of(1_073_741_824)).isEqualTo("1.07 GB");
  }

  @Test
  void neverTellsMoreThanAll() {
    assertThat(Amounts.progress(new JobState.Running("x", 120, 100)))
        .isEqualTo(new Progress(100, 100L, 100));
    assertThat(Amounts.progress(new JobState.Running("x", 5, 0))).isNull();
    assertThat(Amounts.progress(new JobState.Absent())).isNull();
  }
}
