package io.cloudlet.operator;

import io.cloudlet.api.v1alpha1.BaseVM;
import io.cloudlet.api.v1alpha1.Synthesis;

/**
 * A small node, which holds the base VM {@code debian} with the digest of {@code a}, and a large
 * one.
 */
record TwoNodes(FakeAgent small, FakeAgent large) {
  static TwoNodes join(World world) {
    FakeAgent small = world.agent("node-small", 4 * Samples.GIB);
    BaseVM _ = world.readyBase(small, "debian", 'a');
    small.holds(Samples.digest('a'));
    return new TwoNodes(small, world.agent("node-large", 64 * Samples.GIB));
  }

  /** The one that a Synthesis has been placed on. */
  FakeAgent of(Synthesis placed) {
    return small.name().equals(placed.getStatus().node()) ? small : large;
  }
}
