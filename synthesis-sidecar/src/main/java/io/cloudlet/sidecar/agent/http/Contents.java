package io.cloudlet.sidecar.agent.http;

import io.cloudlet.sidecar.image.Digest;
import java.io.IOException;
import java.util.Optional;

/** What there is to be given away, by the digest that people know it by. Thread-safe. */
@FunctionalInterface
public interface Contents {
  /**
   * The file of a digest; empty when it is not here. Returns within seconds.
   *
   * @throws NotReadyException when it will be here soon
   */
  Optional<Content> find(Digest digest) throws IOException;
}
