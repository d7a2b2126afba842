package io.cloudlet.operator.status;

import io.cloudlet.api.events.EventRecorder;
import io.cloudlet.api.v1alpha1.Condition;
import io.fabric8.kubernetes.api.model.HasMetadata;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.TreeMap;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** Tells people, by events, what the operator has found out that was not so before. Thread-safe. */
public final class Chronicle {
  private final EventRecorder recorder;

  /** Tells by a recorder. */
  public Chronicle(EventRecorder recorder) {
    this.recorder = recorder;
  }

  /**
   * Tells of every condition whose reason is a new one; of several with the same reason, once.
   *
   * @param before the conditions until now
   * @param found those that the operator writes
   */
  public void tell(HasMetadata about, List<Condition> before, List<Condition> found) {
    Stream<Condition> fresh = found.stream().filter(it -> isNew(it, before));
    fresh
        .collect(
            Collectors.toMap(Condition::reason, it -> it, (first, second) -> first, TreeMap::new))
        .values()
        .forEach(it -> tell(about, it));
  }

  private static boolean isNew(Condition condition, List<Condition> before) {
    Optional<Condition> old = Condition.find(before, condition.type());
    return !Objects.equals(old.map(Condition::reason), Optional.of(condition.reason()));
  }

  private void tell(HasMetadata about, Condition condition) {
    boolean failed =
        Stream.of(Reason.values())
            .anyMatch(it -> it.word().equals(condition.reason()) && it.isFailure());
    if (failed) {
      recorder.warning(about, condition.reason(), condition.type(), condition.message());
    } else {
      recorder.normal(about, condition.reason(), condition.type(), condition.message());
    }
  }
}
