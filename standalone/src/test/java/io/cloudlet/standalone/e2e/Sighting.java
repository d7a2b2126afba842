package io.cloudlet.standalone.e2e;

import io.cloudlet.api.v1alpha1.BaseVM;
import io.cloudlet.api.v1alpha1.BaseVMStatus;
import io.cloudlet.api.v1alpha1.Condition;
import io.cloudlet.api.v1alpha1.Synthesis;
import io.cloudlet.api.v1alpha1.SynthesisStatus;
import io.cloudlet.api.v1alpha1.VMOverlay;
import io.cloudlet.api.v1alpha1.VMOverlayStatus;
import io.fabric8.kubernetes.api.model.HasMetadata;
import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/**
 * What a watch has shown of an object.
 *
 * @param object kind and name, such as {@code Synthesis first}
 * @param phase as a word, or Deleting once its deletion has been asked for; empty before
 * @param node where it is worked at; null before it is placed
 * @param digest of its content; null while there is none, or it has none of its own
 * @param conditions all of them
 */
record Sighting(
    String object,
    String phase,
    @Nullable String node,
    @Nullable String digest,
    List<Condition> conditions) {
  static final String DELETING = "Deleting";

  static Sighting of(HasMetadata object) {
    String name = object.getKind() + " " + object.getMetadata().getName();
    boolean deleting = object.getMetadata().getDeletionTimestamp() != null;
    Sighting seen =
        switch (object) {
          case BaseVM it when it.getStatus() != null -> of(name, it.getStatus());
          case VMOverlay it when it.getStatus() != null -> of(name, it.getStatus());
          case Synthesis it when it.getStatus() != null -> of(name, it.getStatus());
          default -> new Sighting(name, "", null, null, List.of());
        };
    return deleting ? seen.in(DELETING) : seen;
  }

  private static Sighting of(String name, BaseVMStatus it) {
    return new Sighting(name, word(it.phase()), it.node(), it.digest(), it.conditions());
  }

  private static Sighting of(String name, VMOverlayStatus it) {
    return new Sighting(name, word(it.phase()), it.node(), it.digest(), it.conditions());
  }

  private static Sighting of(String name, SynthesisStatus it) {
    return new Sighting(name, word(it.phase()), it.node(), null, it.conditions());
  }

  private static String word(@Nullable Enum<?> phase) {
    String name = phase == null ? "" : phase.name();
    return name.isEmpty() ? "" : name.charAt(0) + name.substring(1).toLowerCase(Locale.ROOT);
  }

  /** The same in another phase. */
  Sighting in(String other) {
    return new Sighting(object, other, node, digest, conditions);
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
