package io.cloudlet.sidecar.agent;

import io.cloudlet.sidecar.agent.cache.BaseTransfer;
import io.cloudlet.sidecar.agent.cache.Copies;
import io.cloudlet.sidecar.agent.cache.TransferRequest;
import io.cloudlet.sidecar.agent.node.WantedBases;
import io.cloudlet.sidecar.agent.problem.Problem;
import io.cloudlet.sidecar.agent.problem.ProblemException;
import io.cloudlet.sidecar.image.Digest;
import io.cloudlet.sidecar.node.Progress;
import java.io.IOException;
import java.net.URI;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.function.Supplier;

/**
 * Brings what the operator wants from where the operator says it is.
 *
 * @param wanted base VMs that must not go to make room
 */
record WantedTransfer(BaseTransfer transfer, Copies copies, Supplier<Set<Digest>> wanted)
    implements WantedBases.Transfer {
  @Override
  public void run(Digest base, List<String> urls, Progress progress) throws IOException {
    List<URI> sources = new ArrayList<>();
    for (String url : urls) {
      try {
        sources.add(URI.create(url));
      } catch (IllegalArgumentException e) {
        throw new ProblemException(
            Problem.lasting("Invalid", "a URL of base VM " + base + " has wrong characters"));
      }
    }
    copies.note(base);
    transfer.run(new TransferRequest(base, null, sources, 0, wanted.get()), progress);
  }
}
