package io.cloudlet.sidecar.node;

import java.io.IOException;

/** A sign that a booted guest has come far enough to be captured. Not thread-safe. */
public interface Readiness {
  /** Whether the sign is there now. Returns within a second. */
  boolean isThere() throws IOException, InterruptedException;

  /** The sign in words, for messages: {@code a console line matching 'login:'}. */
  String describe();
}
