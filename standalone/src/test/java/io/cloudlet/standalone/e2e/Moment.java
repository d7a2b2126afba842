package io.cloudlet.standalone.e2e;

import io.fabric8.kubernetes.api.model.HasMetadata;

/**
 * A phase in which an object of a story can be hit.
 *
 * @param role of the object in the story; its name begins with that
 * @param phase as {@link Sighting} says it
 */
record Moment(Class<? extends HasMetadata> kind, String role, String phase) {
  @Override
  public String toString() {
    return HasMetadata.getKind(kind) + " " + phase;
  }
}
