package io.cloudlet.operator.synthesis;

import io.fabric8.kubernetes.api.model.HasMetadata;
import io.javaoperatorsdk.operator.api.reconciler.UpdateControl;
import java.time.Duration;
import org.jspecify.annotations.Nullable;

/** Has an object looked at again although nothing may happen until then. */
final class Again {
  private Again() {}

  static <P extends HasMetadata> UpdateControl<P> after(
      UpdateControl<P> control, @Nullable Duration when) {
    return when == null ? control : control.rescheduleAfter(when);
  }
}
