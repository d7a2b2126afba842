package io.cloudlet.standalone.e2e;

import io.fabric8.kubernetes.api.model.HasMetadata;

/**
 * A kill.
 *
 * @param found the object's phase when the process was dead
 */
record Kill(Plan plan, String found) {
  /** A kill to come, of what works at an object. */
  record Plan(Moment moment, String name, Victim victim) {
    boolean isFor(Sighting sighting) {
      return sighting.phase().equals(moment.phase()) && sighting.object().equals(object());
    }

    private String object() {
      return HasMetadata.getKind(moment.kind()) + " " + name;
    }

    @Override
    public String toString() {
      return "kill -9 of " + victim + " at " + object() + " " + moment.phase();
    }
  }

  boolean hasHit() {
    return plan.moment.phase().equals(found);
  }

  @Override
  public String toString() {
    return plan + (hasHit() ? "" : " (missed: it was " + found + " when the process was dead)");
  }
}
