package io.cloudlet.standalone.bench;

/**
 * How much is put on the control plane.
 *
 * @param syntheses how many are made
 * @param nodes on how many nodes that exist in the API alone
 * @param trickle how many more are made one after another, when all others are ready
 * @param quietSeconds how long nothing is done, to count what the operator asks for all the same
 * @param watchers of how many agents the watches are opened
 */
public record Load(int syntheses, int nodes, int trickle, int quietSeconds, int watchers) {
  /** Refuses what measures nothing. */
  public Load {
    if (syntheses < 1 || nodes < 1 || trickle < 1 || quietSeconds < 1 || watchers < 0) {
      throw new IllegalArgumentException("resources, nodes and quiet time have to be 1 or more");
    }
  }
}
