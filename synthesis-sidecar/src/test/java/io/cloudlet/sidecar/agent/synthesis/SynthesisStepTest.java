package io.cloudlet.sidecar.agent.synthesis;

import static org.assertj.core.api.Assertions.assertThat;

import io.cloudlet.api.v1alpha1.Condition;
import io.cloudlet.api.v1alpha1.ConditionStatus;
import io.cloudlet.api.v1alpha1.ObjectRef;
import io.cloudlet.api.v1alpha1.StartMode;
import io.cloudlet.api.v1alpha1.Synthesis;
import io.cloudlet.api.v1alpha1.SynthesisPhase;
import io.cloudlet.api.v1alpha1.SynthesisSpec;
import io.cloudlet.api.v1alpha1.SynthesisStatus;
import io.cloudlet.api.v1alpha1.SynthesisStatusBuilder;
import io.cloudlet.api.v1alpha1.VmPod;
import io.cloudlet.api.v1alpha1.VmPodPhase;
import io.cloudlet.sidecar.agent.job.JobState;
import io.cloudlet.sidecar.agent.problem.Problem;
import io.cloudlet.sidecar.agent.vm.Life;
import io.cloudlet.sidecar.pod.PodPlace;
import io.fabric8.kubernetes.api.model.ObjectMetaBuilder;
import java.time.Instant;
import java.util.Arrays;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

class SynthesisStepTest {
  private static final String BASE = "sha256:" + "0a".repeat(32);
  private static final JobState NONE = new JobState.Absent();

  @Test
  void looksForTheBaseThatNobodyKnows() {
    assertThat(next(status(null, null), seen(null, false, NONE)))
        .isInstanceOf(SynthesisStep.Look.class);
  }

  @Test
  void waitsForABaseThatIsNotHere() {
    assertThat(next(status(null, null), seen(BASE, false, NONE)))
        .isEqualTo(new SynthesisStep.AwaitBase(BASE, NONE));
  }

  @Test
  void startsOnceTheBaseIsHere() {
    assertThat(next(status(SynthesisPhase.FETCHING, null), seen(BASE, true, NONE)))
        .isEqualTo(new SynthesisStep.Start(BASE, null, NONE));
  }

  @Test
  void startsAnOverlayFromElsewhereOnlyOnceItsNamespaceHasTheBase() {
    Synthesis fromElsewhere = synthesis();
    fromElsewhere.setSpec(
        new SynthesisSpec(
            null, null, "http://a/b", BASE, null, StartMode.RESUME, true, List.of(), null));
    for (Condition said :
        Arrays.asList(null, found(ConditionStatus.FALSE, 1L), found(ConditionStatus.TRUE, 0L))) {
      assertThat(SynthesisStep.next(fromElsewhere, said(said), seen(BASE, true, NONE)))
          .isEqualTo(new SynthesisStep.AwaitBaseVM(BASE, said));
    }
    SynthesisStatus granted = said(found(ConditionStatus.TRUE, 1L));
    assertThat(SynthesisStep.next(fromElsewhere, granted, seen(BASE, true, NONE)))
        .isEqualTo(new SynthesisStep.Start(BASE, null, NONE));
    JobState runs = new JobState.Running("", 0, 0);
    assertThat(SynthesisStep.next(fromElsewhere, said(null), seen(BASE, true, runs)))
        .isEqualTo(new SynthesisStep.Start(BASE, null, runs));
  }

  @Test
  void startsInAPodOnlyOnceThatRuns() {
    VmPod pending = new VmPod("pod", "uid", null, VmPodPhase.PENDING, null, "is being started");
    PodPlace place = new PodPlace("uid", "/folder", "10.0.0.1", -1);
    SynthesisStatus before = status(SynthesisPhase.SCHEDULED, null);
    assertThat(next(before, inPod(NONE, null, null))).isEqualTo(new SynthesisStep.AwaitPod(null));
    assertThat(next(before, inPod(NONE, pending, null)))
        .isEqualTo(new SynthesisStep.AwaitPod(pending));
    assertThat(next(before, inPod(NONE, pending, place)))
        .isEqualTo(new SynthesisStep.Start(BASE, place, NONE));
    JobState runs = new JobState.Running("", 0, 0);
    assertThat(next(before, inPod(runs, pending, null)))
        .isEqualTo(new SynthesisStep.Start(BASE, null, runs));
    JobState failed = new JobState.Failed(Problem.lasting("Bad", "it is bad"), Instant.MAX);
    assertThat(next(before, inPod(failed, pending, null)))
        .isEqualTo(new SynthesisStep.Start(BASE, null, failed));
  }

  @Test
  void saysWhatKeepsThePod() {
    VmPod stuck =
        new VmPod("pod", "uid", null, VmPodPhase.PENDING, "Unschedulable", "finds no room");
    SynthesisSight sight = inPod(NONE, stuck, null);
    SynthesisStatus before = status(SynthesisPhase.SCHEDULED, null);
    SynthesisStatus now =
        new SynthesisReport("localhost").of(synthesis(), before, sight, next(before, sight));
    assertThat(now.phase()).isEqualTo(SynthesisPhase.SYNTHESIZING);
    assertThat(now.error())
        .hasToString("Failure[reason=Unschedulable, message=pod pod finds no room]");
  }

  private static SynthesisSight inPod(
      JobState work, @Nullable VmPod pod, @Nullable PodPlace place) {
    return new SynthesisSight(
        null, Life.NONE, SynthesisFacts.NONE, BASE, true, NONE, work, NONE, NONE, true, pod, place);
  }

  @Test
  void saysNothingOfABaseThatAnotherNamespaceHas() {
    SynthesisSight sight = seen(BASE, true, NONE);
    SynthesisStatus now =
        new SynthesisReport("localhost")
            .of(synthesis(), said(null), sight, new SynthesisStep.AwaitBaseVM(BASE, null));
    SynthesisStatus elsewhere =
        new SynthesisReport("localhost")
            .of(
                synthesis(),
                said(null),
                seen(BASE, false, NONE),
                new SynthesisStep.AwaitBaseVM(BASE, null));
    assertThat(now).isEqualTo(elsewhere);
    assertThat(now.error()).isNull();
    assertThat(now.conditions()).allMatch(it -> it.reason().equals("WaitingForOperator"));
  }

  private static Condition found(ConditionStatus status, long generation) {
    return Condition.found(
        Condition.BASE_FOUND, status, generation, "Reason", "what to do", List.of());
  }

  private static SynthesisStatus said(@Nullable Condition found) {
    return new SynthesisStatusBuilder()
        .phase(SynthesisPhase.FETCHING)
        .conditions(found == null ? List.of() : List.of(found))
        .build();
  }

  @Test
  void neverStartsAgainWhatHadRun() {
    for (SynthesisPhase phase :
        List.of(SynthesisPhase.RUNNING, SynthesisPhase.READY, SynthesisPhase.STOPPED)) {
      assertThat(next(status(phase, "vm"), seen(BASE, true, NONE)))
          .isEqualTo(new SynthesisStep.Gone());
    }
    assertThat(next(status(SynthesisPhase.FAILED, "vm"), seen(BASE, true, NONE)))
        .isEqualTo(new SynthesisStep.Leave());
  }

  @Test
  void saysWhyItFailedForGood() {
    Problem problem = Problem.lasting("Corrupt", "file is corrupt at byte 3; fetch it again");
    SynthesisSight sight = seen(BASE, true, new JobState.Failed(problem, Instant.MAX));
    SynthesisStatus before = status(SynthesisPhase.SYNTHESIZING, null);
    SynthesisStatus now =
        new SynthesisReport("localhost")
            .of(synthesis(), before, sight, SynthesisStep.next(synthesis(), before, sight));
    assertThat(now.phase()).isEqualTo(SynthesisPhase.FAILED);
    assertThat(now.conditions()).allMatch(it -> !it.type().equals("Scheduled"));
    assertThat(now.error())
        .hasToString("Failure[reason=Corrupt, message=" + problem.message() + "]");
  }

  private static SynthesisStep next(SynthesisStatus before, SynthesisSight sight) {
    return SynthesisStep.next(synthesis(), before, sight);
  }

  private static SynthesisStatus status(@Nullable SynthesisPhase phase, @Nullable String vm) {
    return new SynthesisStatusBuilder().phase(phase).vm(vm).build();
  }

  private static SynthesisSight seen(@Nullable String base, boolean here, JobState work) {
    return new SynthesisSight(
        null,
        Life.NONE,
        SynthesisFacts.NONE,
        base,
        here,
        NONE,
        work,
        NONE,
        NONE,
        false,
        null,
        null);
  }

  private static Synthesis synthesis() {
    Synthesis synthesis = new Synthesis();
    synthesis.setMetadata(
        new ObjectMetaBuilder().withName("a").withNamespace("b").withGeneration(1L).build());
    synthesis.setSpec(
        new SynthesisSpec(
            new ObjectRef("base"),
            null,
            null,
            null,
            null,
            StartMode.RESUME,
            true,
            List.of(),
            null));
    return synthesis;
  }
}
