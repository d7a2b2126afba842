package io.cloudlet.sidecar.agent.control;

import io.cloudlet.api.events.EventRecorder;
import io.cloudlet.api.v1alpha1.Condition;
import io.fabric8.kubernetes.api.model.HasMetadata;
import io.fabric8.kubernetes.api.model.ObjectMeta;
import io.fabric8.kubernetes.api.model.ObjectMetaBuilder;
import io.javaoperatorsdk.operator.api.reconciler.UpdateControl;
import java.time.Duration;
import org.jspecify.annotations.Nullable;

/** Brings what was found to the API server: a status when it differs, an event for each phase. */
public final class StatusReport {
  private static final Duration SECOND_LOOK = Duration.ofSeconds(1);

  private final EventRecorder events;
  private final String action;

  /**
   * For the objects of one controller.
   *
   * @param action what the controller does with them, one word in CamelCase
   */
  public StatusReport(EventRecorder events, String action) {
    this.events = events;
    this.action = action;
  }

  /**
   * The phase of an object before and now.
   *
   * @param earlier the condition Ready before; null when there was none
   * @param ready the condition Ready now
   * @param bad whether something has failed, for now or for ever
   */
  public record Change(
      @Nullable Enum<?> before,
      Enum<?> now,
      @Nullable Condition earlier,
      Condition ready,
      boolean bad) {
    boolean isNews() {
      boolean otherReason = earlier == null || !earlier.reason().equals(ready.reason());
      return now != before || (bad && otherReason);
    }
  }

  /** Tells of another phase, and of what fails within a phase for another reason than before. */
  public void tell(HasMetadata about, Change change) {
    if (!change.isNews()) {
      return;
    }
    if (change.bad) {
      events.warning(about, change.ready.reason(), action, change.ready.message());
    } else {
      events.normal(about, change.ready.reason(), action, change.ready.message());
    }
  }

  /**
   * What a reconciler answers.
   *
   * @param patch object with the new status; null when it is as it was
   * @param again when to look again without being woken; null for never. What was written is looked
   *     at once more in any case: the framework (5.3.2) drops events that are older than the answer
   *     to one's own write, and with them what the operator changed between reading and writing
   */
  public static <P extends HasMetadata> UpdateControl<P> answer(
      @Nullable P patch, @Nullable Duration again) {
    if (patch != null) {
      Duration next = again != null && again.compareTo(SECOND_LOOK) < 0 ? again : SECOND_LOOK;
      return UpdateControl.patchStatus(patch).rescheduleAfter(next);
    }
    UpdateControl<P> control = UpdateControl.noUpdate();
    return again == null ? control : control.rescheduleAfter(again);
  }

  /** What a patch has to have of an object: enough to reach that very object and no other. */
  public static ObjectMeta identityOf(HasMetadata object) {
    ObjectMeta known = object.getMetadata();
    return new ObjectMetaBuilder()
        .withName(known.getName())
        .withNamespace(known.getNamespace())
        .withUid(known.getUid())
        .build();
  }
}
