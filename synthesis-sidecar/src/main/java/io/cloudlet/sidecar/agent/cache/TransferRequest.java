package io.cloudlet.sidecar.agent.cache;

import io.cloudlet.sidecar.base.BaseName;
import io.cloudlet.sidecar.image.Digest;
import java.net.URI;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * A base VM that shall come to this machine.
 *
 * @param base which
 * @param name what to call it here; null for what its maker called it, or its digest when that name
 *     is taken
 * @param sources URLs of its package, best first
 * @param storedBytes what it takes on disk elsewhere; 0 when nobody knows
 * @param wanted base VMs that must not go to make room for it
 */
public record TransferRequest(
    Digest base, @Nullable BaseName name, List<URI> sources, long storedBytes, Set<Digest> wanted) {
  /** Copies the lists. */
  public TransferRequest {
    sources = List.copyOf(sources);
    wanted = Set.copyOf(wanted);
  }
}
