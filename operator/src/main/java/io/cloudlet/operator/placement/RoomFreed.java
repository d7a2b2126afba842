package io.cloudlet.operator.placement;

import io.cloudlet.api.v1alpha1.BaseVM;
import io.cloudlet.api.v1alpha1.Synthesis;
import io.cloudlet.operator.cluster.Change;
import io.fabric8.kubernetes.api.model.HasMetadata;
import java.util.function.ToLongFunction;

/** Whether a change gives memory of a node back, so that others may fit. */
public final class RoomFreed {
  private RoomFreed() {}

  /** Whether a VM that was booted to make a base VM is gone. */
  public static boolean by(Change<BaseVM> change) {
    return shrinks(change, Guests::bytes);
  }

  /** Whether a VM is gone. */
  public static boolean byVm(Change<Synthesis> change) {
    return shrinks(change, Guests::bytes);
  }

  private static <T extends HasMetadata> boolean shrinks(
      Change<T> change, ToLongFunction<T> bytes) {
    T before = change.before();
    T after = change.after();
    long taken = before == null ? 0 : bytes.applyAsLong(before);
    return taken > (after == null ? 0 : bytes.applyAsLong(after));
  }
}
