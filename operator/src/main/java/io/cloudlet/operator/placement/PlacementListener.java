package io.cloudlet.operator.placement;

/** Is told of placements. */
@FunctionalInterface
public interface PlacementListener {
  /**
   * Something was placed, or not.
   *
   * @param nanos how long the choice took
   */
  void placed(Verdict verdict, long nanos);
}
