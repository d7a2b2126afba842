package io.cloudlet.sidecar.agent.problem;

import static org.assertj.core.api.Assertions.assertThat;

import io.cloudlet.sidecar.image.CloudletException;
import io.cloudlet.sidecar.image.TooNewException;
import io.cloudlet.sidecar.node.BusyException;
import java.io.IOException;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

class ProblemsTest {
  static Stream<Arguments> reasons() {
    return Stream.of(
        Arguments.of(new TooNewException("file", 9, 1), "TooNew", false),
        Arguments.of(new BusyException("VM a", "process 1"), "Busy", true),
        Arguments.of(new IOException("No space left on device"), "NoRoom", true),
        Arguments.of(new IllegalArgumentException("no digest: x"), "Invalid", false),
        Arguments.of(new IllegalStateException("surprise"), "InternalError", false));
  }

  @ParameterizedTest
  @MethodSource("reasons")
  void tellsWhatAnExceptionMeans(Exception thrown, String reason, boolean retryable) {
    Problem problem = Problems.of(thrown);
    assertThat(problem.reason()).isEqualTo(reason);
    assertThat(problem.retryable()).isEqualTo(retryable);
    assertThat(problem.message()).isNotBlank();
  }

  @Test
  void namesFieldsWhereTheEngineNamesOptions() {
    String said =
        Problems.of(
                new CloudletException(
                    "the guest is not ready after 5 s; wait longer with --ready-timeout, or look"
                        + " for another sign"))
            .message();
    assertThat(said)
        .contains("raise spec.readiness.timeout", "choose another sign in spec.readiness")
        .doesNotContain("--");
  }
}
