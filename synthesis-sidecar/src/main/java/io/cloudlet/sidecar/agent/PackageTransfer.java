package io.cloudlet.sidecar.agent;

import io.cloudlet.sidecar.agent.node.WantedBases;
import io.cloudlet.sidecar.agent.problem.Problem;
import io.cloudlet.sidecar.agent.problem.ProblemException;
import io.cloudlet.sidecar.image.CloudletException;
import io.cloudlet.sidecar.image.Digest;
import io.cloudlet.sidecar.node.DataDirectory;
import io.cloudlet.sidecar.node.ImportBase;
import io.cloudlet.sidecar.node.Progress;
import io.cloudlet.sidecar.store.HttpAccess;
import java.io.IOException;
import java.util.List;

/** Imports packages, from the first place that gives the right one. */
record PackageTransfer(DataDirectory data, HttpAccess access) implements WantedBases.Transfer {
  @Override
  public void run(Digest base, List<String> urls, Progress progress) throws IOException {
    CloudletException first = null;
    for (String url : urls) {
      try {
        new ImportBase(data, access, progress).run(url, null);
        return;
      } catch (CloudletException e) {
        first = first == null ? e : first;
      }
    }
    throw first == null ? nowhere(base) : first;
  }

  private static CloudletException nowhere(Digest base) {
    return new ProblemException(
        Problem.passing(
            "NoSource",
            "no node has a package of base VM " + base + " to fetch; wait until one is ready"));
  }
}
