package io.cloudlet.sidecar.bench;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.cloudlet.sidecar.overlay.PageCounts;
import java.io.IOException;
import java.io.InterruptedIOException;
import org.junit.jupiter.api.Test;

class FindingsTest {
  private static final PageCounts NONE = new PageCounts(0, 0, 0, 0);
  private static final StateFigures STATE = new StateFigures(NONE, NONE, 1, 1, 1);

  private final Findings findings = new Findings();

  @Test
  void aStepThatFailsLosesNothingOfTheOthers() throws IOException {
    findings.attempt("first", () -> findings.pauses().add(new Timing("pause", 1, true)));
    findings.attempt("second", () -> fail(new IOException("no room")));
    findings.attempt("third", () -> findings.starts().add(new Timing("start", 2, true)));
    BenchReport report = findings.report("machine", 3, STATE);
    assertThat(report.pauses()).hasSize(1);
    assertThat(report.starts()).hasSize(1);
    assertThat(report.failures()).containsExactly("second: no room");
  }

  @Test
  void anInterruptEndsTheRun() {
    assertThatThrownBy(() -> findings.attempt("step", () -> fail(new InterruptedIOException())))
        .isInstanceOf(InterruptedIOException.class);
    Thread.currentThread().interrupt();
    assertThatThrownBy(() -> findings.attempt("step", () -> fail(new IOException("closed"))))
        .hasMessage("closed");
    assertThat(Thread.interrupted()).isTrue();
  }

  private static void fail(IOException reason) throws IOException {
    throw reason;
  }
}
