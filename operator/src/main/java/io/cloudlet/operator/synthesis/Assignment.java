package io.cloudlet.operator.synthesis;

import io.cloudlet.operator.status.Problem;
import org.jspecify.annotations.Nullable;

/** Where a VM is to run and what of, or why that is not settled. */
sealed interface Assignment {
  /** What the VM is made of, as far as it is known. */
  Sources sources();

  /** The node, once it is settled and written down. */
  default @Nullable String settledOn() {
    return this instanceof Settled settled ? settled.node() : null;
  }

  /**
   * Found now.
   *
   * @param why for people
   */
  record Fresh(String node, Sources sources, String why) implements Assignment {}

  /**
   * Settled before.
   *
   * @param base whether the base VM is here that an agent has found to be needed; absent where that
   *     is no question any more, or none yet
   */
  record Settled(String node, Sources sources, @Nullable Resolution base) implements Assignment {}

  /** Not possible, as long as nothing changes. */
  record Waiting(Problem problem) implements Assignment {
    @Override
    public Sources sources() {
      return Sources.UNKNOWN;
    }
  }
}
