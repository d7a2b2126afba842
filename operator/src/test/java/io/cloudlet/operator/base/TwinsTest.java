package io.cloudlet.operator.base;

import static org.assertj.core.api.Assertions.assertThat;

import io.cloudlet.api.v1alpha1.BaseVM;
import io.cloudlet.api.v1alpha1.BaseVMStatusBuilder;
import io.cloudlet.api.v1alpha1.Condition;
import io.cloudlet.api.v1alpha1.ConditionStatus;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

class TwinsTest {
  private static final String EARLY = "2026-01-02T03:04:05Z";
  private static final String LATE = "2026-01-02T03:04:06Z";

  @Test
  void theOldestAnswersForItsTwins() {
    BaseVM old = ready("zeta", EARLY);
    BaseVM young = ready("alpha", LATE);
    assertThat(new Twins(old, Stream.of(old, young)).instead()).isEmpty();
    assertThat(new Twins(young, Stream.of(young, old)).instead()).contains(old);
  }

  @Test
  void namesDecideBetweenThoseOfOneSecond() {
    BaseVM first = ready("alpha", EARLY);
    BaseVM second = ready("beta", EARLY);
    assertThat(new Twins(first, Stream.of(first, second)).instead()).isEmpty();
    assertThat(new Twins(second, Stream.of(first, second)).instead()).contains(first);
  }

  @Test
  void whatIsGoingOrNotReadyLeavesItToOneThatIsThere() {
    BaseVM there = ready("there", LATE);
    for (BaseVM weak : List.of(going("weak", EARLY), notReady("weak", EARLY))) {
      assertThat(new Twins(weak, Stream.of(weak, there)).instead()).contains(there);
      assertThat(new Twins(there, Stream.of(weak, there)).instead()).isEmpty();
    }
  }

  @Test
  void othersOfAnotherNamespaceAreNoTwins() {
    BaseVM own = ready("own", LATE);
    BaseVM theirs = ready("theirs", EARLY);
    theirs.getMetadata().setNamespace("theirs");
    assertThat(new Twins(own, Stream.of(own, theirs)).instead()).isEmpty();
    assertThat(new Twins(going("going", LATE), Stream.of(theirs)).instead()).isEmpty();
  }

  @Test
  void someoneAnswersWhateverStateTheyAreIn() {
    Random random = new Random(6);
    for (int round = 0; round < 2000; round++) {
      List<BaseVM> all = new ArrayList<>();
      for (int i = random.nextInt(1, 5); i > 0; i--) {
        String created = random.nextBoolean() ? EARLY : LATE;
        all.add(
            switch (random.nextInt(3)) {
              case 0 -> ready("n" + i, created);
              case 1 -> going("n" + i, created);
              default -> notReady("n" + i, created);
            });
      }
      List<BaseVM> answering =
          all.stream().filter(it -> new Twins(it, all.stream()).instead().isEmpty()).toList();
      boolean anyAble = all.stream().anyMatch(it -> Twins.standsIn(it, it));
      assertThat(answering).hasSize(anyAble ? 1 : all.size());
    }
  }

  @Test
  void standsInOnlyAsTheVeryOneThatWasSeen() {
    BaseVM seen = ready("same", EARLY);
    BaseVM namesake = ready("same", EARLY);
    namesake.getMetadata().setUid("another");
    assertThat(Twins.standsIn(seen, ready("same", EARLY))).isTrue();
    assertThat(Twins.standsIn(seen, namesake)).isFalse();
    assertThat(Twins.standsIn(seen, going("same", EARLY))).isFalse();
    assertThat(Twins.standsIn(seen, notReady("same", EARLY))).isFalse();
  }

  private static BaseVM ready(String name, String created) {
    return base(name, created, ConditionStatus.TRUE);
  }

  private static BaseVM notReady(String name, String created) {
    return base(name, created, ConditionStatus.UNKNOWN);
  }

  private static BaseVM going(String name, String created) {
    BaseVM going = ready(name, created);
    going.getMetadata().setDeletionTimestamp(LATE);
    return going;
  }

  private static BaseVM base(String name, String created, ConditionStatus ready) {
    BaseVM base = new BaseVM();
    base.getMetadata().setName(name);
    base.getMetadata().setNamespace("own");
    base.getMetadata().setUid("uid of " + name);
    base.getMetadata().setCreationTimestamp(created);
    base.setStatus(
        new BaseVMStatusBuilder()
            .conditions(
                List.of(
                    Condition.found(
                        Condition.READY, ready, 1L, "Reason", "says a test", List.of())))
            .build());
    return base;
  }
}
