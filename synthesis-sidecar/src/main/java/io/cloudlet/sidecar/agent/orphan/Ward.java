package io.cloudlet.sidecar.agent.orphan;

import io.fabric8.kubernetes.client.CustomResource;
import java.io.IOException;

/**
 * Something on this node that was made for an object.
 *
 * @param what in words: {@code VM web-0a1b2c3d}
 * @param type of the object
 * @param uid of the object
 * @param end removes it
 */
public record Ward(
    String what,
    Class<? extends CustomResource<?, ?>> type,
    String namespace,
    String name,
    String uid,
    End end) {
  /** Removes something. */
  @FunctionalInterface
  public interface End {
    /** Does it. */
    void run() throws IOException;
  }
}
