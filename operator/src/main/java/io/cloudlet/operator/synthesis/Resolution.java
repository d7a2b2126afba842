package io.cloudlet.operator.synthesis;

import io.cloudlet.operator.status.Problem;

/** Whether what a Synthesis names is there. */
sealed interface Resolution {
  /** It is there and ready. */
  record Found(Sources sources) implements Resolution {}

  /** It is not, as long as nothing changes. */
  record Missing(Problem problem) implements Resolution {}
}
