package io.cloudlet.sidecar.agent.problem;

import io.cloudlet.sidecar.image.CloudletException;

/** Carries a problem that the agent itself has found out of work that it does. */
public final class ProblemException extends CloudletException {
  private static final long serialVersionUID = 1L;

  private final transient Problem problem;

  /** With what is wrong. */
  public ProblemException(Problem problem) {
    super(problem.message());
    this.problem = problem;
  }

  /** What is wrong. */
  public Problem problem() {
    return problem;
  }
}
