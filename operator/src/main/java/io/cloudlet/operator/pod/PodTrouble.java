package io.cloudlet.operator.pod;

import io.cloudlet.operator.status.Reason;
import io.fabric8.kubernetes.api.model.ContainerState;
import io.fabric8.kubernetes.api.model.ContainerStateTerminated;
import io.fabric8.kubernetes.api.model.ContainerStateWaiting;
import io.fabric8.kubernetes.api.model.PodCondition;
import io.fabric8.kubernetes.api.model.PodStatus;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * Why a pod does not run, as Kubernetes tells it in several places.
 *
 * @param word Kubernetes' own, absent where nothing is wrong
 * @param message goes on after the name of the pod: what is the matter, and what to do
 */
record PodTrouble(Reason reason, @Nullable String word, String message) {
  /** What a node says in turns while it cannot get an image. */
  private static final Set<String> PULLING = Set.of("ErrImagePull", "ImagePullBackOff");

  private static final Set<String> WRONG_IMAGE =
      Set.of("InvalidImageName", "ErrImageNeverPull", "ImageInspectError");

  private static final Set<String> USUAL = Set.of("ContainerCreating", "PodInitializing");

  /** Stands before the same words that come without it in the next turn. */
  private static final Pattern BACK_OFF =
      Pattern.compile("Back-off pulling image \"[^\"]*\"(: ErrImagePull: )?");

  static PodTrouble ofPending(PodStatus status, Optional<ContainerState> container) {
    Optional<PodCondition> unscheduled =
        condition(status, "PodScheduled").filter(it -> "False".equals(it.getStatus()));
    if (unscheduled.isPresent()) {
      return unscheduled(unscheduled.get());
    }
    return container
        .map(ContainerState::getWaiting)
        .filter(it -> it.getReason() != null && !USUAL.contains(it.getReason()))
        .map(PodTrouble::waiting)
        .orElseGet(() -> new PodTrouble(Reason.POD_PENDING, null, "is being started"));
  }

  private static PodTrouble unscheduled(PodCondition condition) {
    String word = Objects.requireNonNullElse(condition.getReason(), "Unschedulable");
    String said = words(condition.getMessage());
    return word.equals("Unschedulable")
        ? new PodTrouble(
            Reason.UNSCHEDULABLE,
            word,
            "finds no room on its node: make some there, or delete the Synthesis and place it"
                + " somewhere else"
                + said)
        : new PodTrouble(Reason.POD_PENDING, word, "is not let onto its node yet" + said);
  }

  private static PodTrouble waiting(ContainerStateWaiting waiting) {
    String word = waiting.getReason();
    String said = Objects.requireNonNullElse(waiting.getMessage(), "");
    if (PULLING.contains(word)) {
      return new PodTrouble(
          Reason.IMAGE_PULL_BACK_OFF,
          "ImagePullBackOff",
          "cannot get its image, which is tried again: see that the node can pull what the operator"
              + " was told to use"
              + words(BACK_OFF.matcher(said).replaceFirst("")));
    }
    return WRONG_IMAGE.contains(word)
        ? new PodTrouble(
            Reason.IMAGE_PULL_BACK_OFF,
            word,
            "cannot use the image that the operator was told to use" + words(said))
        : new PodTrouble(
            Reason.POD_NOT_STARTED, word, "cannot be started (" + word + ")" + words(said));
  }

  static PodTrouble ofEnding(PodStatus status) {
    // Says who wants it to end, where that was not simply somebody who deleted it.
    Optional<PodCondition> why =
        condition(status, "DisruptionTarget").filter(it -> "True".equals(it.getStatus()));
    return new PodTrouble(
        Reason.POD_ENDING,
        why.map(PodCondition::getReason).orElse("Deleted"),
        "has been told to end" + words(why.map(PodCondition::getMessage).orElse(null)));
  }

  static PodTrouble ofEnded(PodStatus status, Optional<ContainerState> container) {
    String word = status.getReason();
    if (word == null || word.isEmpty()) {
      return container
          .map(ContainerState::getTerminated)
          .map(PodTrouble::terminated)
          .orElseGet(() -> terminated(new ContainerStateTerminated()));
    }
    String said = words(status.getMessage());
    return word.equals("Evicted")
        ? new PodTrouble(Reason.EVICTED, word, "was evicted by its node" + said)
        : new PodTrouble(
            Reason.NODE_REFUSED_POD,
            word,
            "was refused or ended by its node (" + word + ")" + said);
  }

  private static PodTrouble terminated(ContainerStateTerminated state) {
    boolean well = Objects.equals(state.getExitCode(), 0);
    String word = Objects.requireNonNullElse(state.getReason(), well ? "Completed" : "Error");
    return well
        ? new PodTrouble(Reason.POD_ENDED, word, "has ended, as it does when its VM has")
        : new PodTrouble(
            Reason.POD_FAILED,
            word,
            "has ended badly ("
                + word
                + ", exit code "
                + state.getExitCode()
                + "): kubectl logs shows the VM's console"
                + words(state.getMessage()));
  }

  private static Optional<PodCondition> condition(PodStatus status, String type) {
    return status.getConditions().stream().filter(it -> type.equals(it.getType())).findFirst();
  }

  private static String words(@Nullable String said) {
    return said == null || said.isBlank() ? "" : ": " + said.strip();
  }
}
