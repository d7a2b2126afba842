package io.cloudlet.operator.base;

import io.cloudlet.api.v1alpha1.BaseVM;
import io.cloudlet.api.v1alpha1.BaseVMStatus;
import io.cloudlet.api.v1alpha1.Condition;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * The other BaseVMs of a namespace that are the same base VM, such as one that was made and one
 * that was imported from its package. One of them answers for those who need the digest, and the
 * others can be deleted: the oldest that can be used and is not being deleted.
 *
 * <p>Where there is none, each answers: then nobody knows which one will still be there.
 */
final class Twins {
  private static final Comparator<BaseVM> OLDEST_FIRST =
      Comparator.<BaseVM, String>comparing(it -> it.getMetadata().getCreationTimestamp())
          .thenComparing(it -> it.getMetadata().getName());

  private final BaseVM base;
  private final List<BaseVM> able;

  /**
   * Of a BaseVM.
   *
   * @param all of the same digest, in any namespace; itself may be among them
   */
  Twins(BaseVM base, Stream<BaseVM> all) {
    this.base = base;
    this.able = all.filter(it -> isBeside(it) && !isSame(it, base)).filter(Twins::isAble).toList();
  }

  /** The one that answers for the digest in place of the BaseVM; empty where that does itself. */
  Optional<BaseVM> instead() {
    boolean always = !isAble(base);
    return able.stream()
        .filter(it -> always || OLDEST_FIRST.compare(it, base) < 0)
        .min(OLDEST_FIRST);
  }

  /** Whether a BaseVM is still the one that was seen, and can answer for it. */
  static boolean standsIn(BaseVM seen, BaseVM now) {
    return isSame(seen, now) && isAble(now);
  }

  private static boolean isAble(BaseVM base) {
    BaseVMStatus status = base.getStatus();
    return status != null
        && !base.isMarkedForDeletion()
        && Condition.isTrue(status.conditions(), Condition.READY);
  }

  private static boolean isSame(BaseVM one, BaseVM other) {
    return one.getMetadata().getUid().equals(other.getMetadata().getUid());
  }

  private boolean isBeside(BaseVM other) {
    return base.getMetadata().getNamespace().equals(other.getMetadata().getNamespace());
  }
}
