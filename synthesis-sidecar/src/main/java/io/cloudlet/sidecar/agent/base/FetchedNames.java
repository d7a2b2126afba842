package io.cloudlet.sidecar.agent.base;

import io.cloudlet.sidecar.agent.problem.Problem;
import io.cloudlet.sidecar.agent.problem.ProblemException;
import io.cloudlet.sidecar.agent.problem.Problems;
import io.cloudlet.sidecar.store.HttpDownload;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * Calls files that were fetched by the URLs that people have given: where they lay on the node for
 * a while tells nobody anything. For one thread.
 */
final class FetchedNames {
  private final Map<String, String> urls = new LinkedHashMap<>();

  /** Takes note of a file. */
  void add(Path file, URI url) throws IOException {
    urls.put(file.toString(), HttpDownload.label(url));
  }

  /** The same error in these words; the very same where it names no such file. */
  IOException in(IOException error) {
    if (urls.keySet().stream().noneMatch(String.valueOf(error.getMessage())::contains)) {
      return error;
    }
    Problem problem = Problems.of(error);
    String message = problem.message();
    for (Map.Entry<String, String> url : urls.entrySet()) {
      message = message.replace(url.getKey(), url.getValue());
    }
    return new ProblemException(new Problem(problem.reason(), message, problem.retryable()));
  }
}
