package io.cloudlet.sidecar.agent.base;

import io.cloudlet.api.v1alpha1.Readiness;
import io.cloudlet.sidecar.agent.problem.Problem;
import io.cloudlet.sidecar.agent.problem.ProblemException;
import io.cloudlet.sidecar.node.ReadyWhen;
import java.time.Duration;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import java.util.regex.PatternSyntaxException;
import org.jspecify.annotations.Nullable;

/** Readiness as the engine has it. */
final class Signs {
  private static final Pattern PART = Pattern.compile("([0-9]+)(ms|s|m|h)");
  private static final Duration PATIENCE = Duration.ofMinutes(10);

  private Signs() {}

  static ReadyWhen of(Readiness readiness) throws ProblemException {
    if (readiness.serial() != null) {
      try {
        return new ReadyWhen.ConsolePrints(Pattern.compile(readiness.serial(), Pattern.MULTILINE));
      } catch (PatternSyntaxException e) {
        throw new ProblemException(
            Problem.lasting(
                "Invalid",
                "spec.readiness.serial is no regular expression: "
                    + e.getDescription()
                    + " at place "
                    + e.getIndex()
                    + "; create another BaseVM with a correct one"));
      }
    }
    if (readiness.tcp() != null) {
      return new ReadyWhen.PortAnswers(readiness.tcp());
    }
    return new ReadyWhen.After(time(readiness.delay(), Duration.ZERO));
  }

  static Duration patience(Readiness readiness) {
    return time(readiness.timeout(), PATIENCE);
  }

  /** A time such as {@code 1m30s}, which the schema has checked. */
  static Duration time(@Nullable String text, Duration otherwise) {
    if (text == null) {
      return otherwise;
    }
    return PART.matcher(text).results().map(Signs::part).reduce(Duration.ZERO, Duration::plus);
  }

  private static Duration part(MatchResult part) {
    long number = Long.parseLong(part.group(1));
    return switch (part.group(2)) {
      case "ms" -> Duration.ofMillis(number);
      case "s" -> Duration.ofSeconds(number);
      case "m" -> Duration.ofMinutes(number);
      default -> Duration.ofHours(number);
    };
  }
}
