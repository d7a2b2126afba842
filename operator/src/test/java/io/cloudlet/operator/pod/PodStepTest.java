package io.cloudlet.operator.pod;

import static org.assertj.core.api.Assertions.assertThat;

import io.cloudlet.api.v1alpha1.SynthesisPhase;
import io.cloudlet.api.v1alpha1.SynthesisStatus;
import io.cloudlet.api.v1alpha1.SynthesisStatusBuilder;
import io.fabric8.kubernetes.api.model.Pod;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

class PodStepTest {
  private static final Pod TEMPLATE = Pods.template("node-1", "agent:1");
  private static final Pod PENDING = Pods.made(TEMPLATE, Pods.pending());
  private static final Pod RUNNING = Pods.made(TEMPLATE, Pods.running());
  private static final Pod ENDED = Pods.made(TEMPLATE, Pods.terminated("Failed", 1, "Error"));
  private static final SynthesisStatus NOT_BEGUN = status(SynthesisPhase.SCHEDULED, null);
  private static final SynthesisStatus FETCHING = status(SynthesisPhase.FETCHING, null);

  private static SynthesisStatus status(SynthesisPhase phase, @Nullable String vm) {
    return new SynthesisStatusBuilder().phase(phase).vm(vm).node("node-1").build();
  }

  private static PodStep next(SynthesisStatus now, @Nullable Pod template, @Nullable Pod pod) {
    return PodStep.next(now, new PodStep.Situation(false, true, template, pod));
  }

  private static PodStep unwanted(SynthesisStatus now, @Nullable Pod pod) {
    return PodStep.next(now, new PodStep.Situation(false, false, null, pod));
  }

  @Test
  void isMadeWhereItIsWantedAndNotThere() {
    assertThat(next(NOT_BEGUN, TEMPLATE, null)).isEqualTo(new PodStep.Make(TEMPLATE));
    assertThat(next(FETCHING, TEMPLATE, null)).isEqualTo(new PodStep.Make(TEMPLATE));
    assertThat(next(NOT_BEGUN, TEMPLATE, PENDING)).isEqualTo(new PodStep.Keep(PENDING));
    assertThat(next(FETCHING, TEMPLATE, RUNNING)).isEqualTo(new PodStep.Keep(RUNNING));
  }

  @Test
  void isNotMadeOfNothing() {
    assertThat(next(NOT_BEGUN, null, null)).isEqualTo(new PodStep.LackImage());
    assertThat(next(NOT_BEGUN, null, PENDING)).isEqualTo(new PodStep.Keep(PENDING));
  }

  @Test
  void isTakenAwayWhereNoneIsWanted() {
    assertThat(unwanted(NOT_BEGUN, null)).isEqualTo(new PodStep.None());
    assertThat(unwanted(NOT_BEGUN, RUNNING)).isEqualTo(new PodStep.Remove(RUNNING));
  }

  @Test
  void isMadeAgainWhileNoVmHasRun() {
    assertThat(next(FETCHING, TEMPLATE, ENDED)).isEqualTo(new PodStep.Replace(ENDED));
  }

  @Test
  void isNeverMadeAgainOnceAVmHasRun() {
    SynthesisStatus ran = status(SynthesisPhase.RUNNING, "web-0a1b2c3d");
    SynthesisStatus stopped = status(SynthesisPhase.STOPPED, null);

    assertThat(next(ran, TEMPLATE, ENDED)).isEqualTo(new PodStep.Keep(ENDED));
    assertThat(next(ran, TEMPLATE, null)).isEqualTo(new PodStep.Keep(null));
    assertThat(unwanted(ran, RUNNING)).isEqualTo(new PodStep.Keep(RUNNING));
    assertThat(next(stopped, TEMPLATE, null)).isEqualTo(new PodStep.Keep(null));
  }

  @Test
  void staysAsItIsWhileNobodyKnowsWhatIsInIt() {
    var lost = new PodStep.Situation(true, true, TEMPLATE, ENDED);

    assertThat(PodStep.next(FETCHING, lost)).isEqualTo(new PodStep.Keep(ENDED));
  }

  @Test
  void goesWhereItsVmWillNeverBe() {
    SynthesisStatus failed = status(SynthesisPhase.FAILED, null);

    assertThat(next(failed, TEMPLATE, RUNNING)).isEqualTo(new PodStep.Remove(RUNNING));
    assertThat(next(failed, TEMPLATE, ENDED)).isEqualTo(new PodStep.Keep(ENDED));
    assertThat(next(failed, TEMPLATE, Pods.going(RUNNING)))
        .isEqualTo(new PodStep.Keep(Pods.going(RUNNING)));
    assertThat(next(failed, TEMPLATE, null)).isEqualTo(new PodStep.Keep(null));
  }

  @Test
  void followsItsNode() {
    Pod elsewhere = Pods.template("node-2", "agent:1");

    assertThat(next(NOT_BEGUN, elsewhere, RUNNING)).isEqualTo(new PodStep.Remove(RUNNING));
    assertThat(next(NOT_BEGUN, elsewhere, Pods.going(RUNNING)))
        .isEqualTo(new PodStep.Remove(Pods.going(RUNNING)));
    assertThat(next(NOT_BEGUN, TEMPLATE, Pods.going(RUNNING)))
        .isEqualTo(new PodStep.Keep(Pods.going(RUNNING)));
  }

  /** Otherwise one whose image is wrong would wait for ever, although that was mended. */
  @Test
  void isMadeAnewWhenItIsToBeAnotherOneBeforeItRuns() {
    Pod mended = Pods.template("node-1", "agent:2");

    assertThat(next(NOT_BEGUN, mended, PENDING)).isEqualTo(new PodStep.Remove(PENDING));
    assertThat(next(NOT_BEGUN, mended, RUNNING)).isEqualTo(new PodStep.Keep(RUNNING));
  }
}
