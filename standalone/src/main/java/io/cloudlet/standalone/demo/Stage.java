package io.cloudlet.standalone.demo;

import io.cloudlet.api.v1alpha1.BaseVM;
import io.cloudlet.api.v1alpha1.Condition;
import io.cloudlet.api.v1alpha1.Failure;
import io.cloudlet.api.v1alpha1.Synthesis;
import io.cloudlet.api.v1alpha1.VMOverlay;
import io.fabric8.kubernetes.api.model.HasMetadata;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * How far a resource has come, whatever its kind.
 *
 * @param phase empty while nobody has looked at it
 * @param isReady whether its condition Ready is True
 * @param hasFailed whether it will never be
 * @param message what its condition Ready says
 */
record Stage(String phase, boolean isReady, boolean hasFailed, String message) {
  static Stage of(HasMetadata resource) {
    return switch (resource) {
      case BaseVM base when base.getStatus() != null ->
          of(base.getStatus().phase(), base.getStatus().conditions(), null);
      case VMOverlay overlay when overlay.getStatus() != null ->
          of(overlay.getStatus().phase(), overlay.getStatus().conditions(), null);
      case Synthesis synthesis when synthesis.getStatus() != null ->
          of(
              synthesis.getStatus().phase(),
              synthesis.getStatus().conditions(),
              synthesis.getStatus().error());
      default -> new Stage("", false, false, "nobody has looked at it yet");
    };
  }

  private static Stage of(
      @Nullable Enum<?> phase, List<Condition> conditions, @Nullable Failure error) {
    String name = phase == null ? "" : capitalised(phase.name());
    String message =
        error != null
            ? error.message()
            : Condition.find(conditions, Condition.READY)
                .map(Condition::message)
                .orElse("it has no condition Ready");
    return new Stage(
        name, Condition.isTrue(conditions, Condition.READY), name.equals("Failed"), message);
  }

  private static String capitalised(String name) {
    return name.charAt(0) + name.substring(1).toLowerCase(java.util.Locale.ROOT);
  }
}
