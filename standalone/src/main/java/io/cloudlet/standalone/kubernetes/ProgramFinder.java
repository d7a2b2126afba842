package io.cloudlet.standalone.kubernetes;

import io.cloudlet.sidecar.image.CloudletException;
import io.cloudlet.sidecar.node.Progress;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Map;
import java.util.function.Consumer;

/**
 * Brings the programs of Kubernetes: from a folder that the environment names, else the cache, else
 * built from their Go modules, else downloaded.
 *
 * @param environment variables that decide about places
 * @param progress shows long work
 * @param say takes a sentence for the user
 */
public record ProgramFinder(
    Map<String, String> environment, Progress progress, Consumer<String> say) {
  /**
   * Returns when the programs are there; that takes minutes where they have to be built.
   *
   * @throws MissingProgramsException when no way led to them
   * @throws CloudletException when the environment names a folder that does not hold them
   */
  public Programs find() throws IOException {
    ProgramScript.Result found = new ProgramScript(environment, progress, say).run();
    return switch (found) {
      case ProgramScript.Found(Path folder) -> Programs.in(folder);
      case ProgramScript.Refused(String reason) -> throw new CloudletException(reason);
      case ProgramScript.NotBuilt(String reason) -> download(reason);
    };
  }

  private Programs download(String whyNotBuilt) throws IOException {
    ProgramDownload download = ProgramDownload.into(ProgramScript.cache(environment));
    try (Progress.Stage _ = progress.begin("downloading the programs of Kubernetes", 0)) {
      return download.run();
    } catch (CloudletException e) {
      throw new MissingProgramsException(
          "there is no API server on this machine: "
              + whyNotBuilt
              + "; and it could not be downloaded: "
              + e.getMessage()
              + "; name a folder with "
              + String.join(", ", Programs.NAMES)
              + " in CLOUDLET_KUBERNETES, or install Go 1.21 or later",
          e);
    }
  }
}
