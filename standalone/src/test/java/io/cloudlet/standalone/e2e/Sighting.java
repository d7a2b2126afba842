package io.cloudlet.standalone.e2e;

import io.cloudlet.api.v1alpha1.BaseVM;
import io.cloudlet.api.v1alpha1.BaseVMPhase;
import io.cloudlet.api.v1alpha1.Condition;
import io.cloudlet.api.v1alpha1.Synthesis;
import io.cloudlet.api.v1alpha1.SynthesisPhase;
import io.cloudlet.api.v1alpha1.VMOverlay;
import io.cloudlet.api.v1alpha1.VMOverlayPhase;
import io.fabric8.kubernetes.api.model.HasMetadata;
import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/**
 * What a watch has shown of an object.
 *
 * @param object kind and name, such as {@code Synthesis first}
 * @param phase as a word, or Deleting once its deletion has been asked for; empty before
 * @param digest of its content; null while there is none, or it has none of its own
 * @param conditions all of them
 */
record Sighting(String object, String phase, @Nullable String digest, List<Condition> conditions) {
  private static final String DELETING = "Deleting";

  static Sighting of(HasMetadata object) {
    String name = object.getKind() + " " + object.getMetadata().getName();
    boolean deleting = object.getMetadata().getDeletionTimestamp() != null;
    return switch (object) {
      case BaseVM it when it.getStatus() != null -> {
        BaseVMPhase phase = it.getStatus().phase();
        yield new Sighting(
            name, word(deleting, phase), it.getStatus().digest(), it.getStatus().conditions());
      }
      case VMOverlay it when it.getStatus() != null -> {
        VMOverlayPhase phase = it.getStatus().phase();
        yield new Sighting(
            name, word(deleting, phase), it.getStatus().digest(), it.getStatus().conditions());
      }
      case Synthesis it when it.getStatus() != null -> {
        SynthesisPhase phase = it.getStatus().phase();
        yield new Sighting(name, word(deleting, phase), null, it.getStatus().conditions());
      }
      default -> new Sighting(name, word(deleting, null), null, List.of());
    };
  }

  private static String word(boolean deleting, @Nullable Enum<?> phase) {
    if (deleting) {
      return DELETING;
    }
    String name = phase == null ? "" : phase.name();
    return name.isEmpty() ? "" : name.charAt(0) + name.substring(1).toLowerCase(Locale.ROOT);
  }

  /** The same while it is being deleted. */
  Sighting deleting() {
    return new Sighting(object, DELETING, digest, conditions);
  }

  /** The condition Ready, which there has to be. */
  Condition ready() {
    return Condition.find(conditions, Condition.READY).orElseThrow();
  }

  /** Its phase, and what Ready says of it. */
  @Override
  public String toString() {
    String ready =
        Condition.find(conditions, Condition.READY)
            .map(it -> it.status() + " " + it.reason() + ": " + it.message())
            .orElse("no Ready");
    return object + " " + phase + " (" + ready + ")";
  }
}
