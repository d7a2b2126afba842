package io.cloudlet.sidecar.agent.synthesis;

import com.fasterxml.jackson.annotation.JsonInclude;
import io.cloudlet.api.v1alpha1.Failure;
import io.cloudlet.api.v1alpha1.Timings;
import io.cloudlet.api.v1alpha1.VmPod;
import io.cloudlet.api.v1alpha1.Way;
import io.cloudlet.sidecar.agent.vm.Owner;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * What is known of a Synthesis beside its VM.
 *
 * @param object namespace and name of the Synthesis, with a slash between them; null in older notes
 * @param baseDigest of the base VM that the overlay at a URL names; null when nobody had to look
 * @param way how the memory came to be; null before the start
 * @param timings of the start; null before it
 * @param begun when it began, in milliseconds since 1970; 0 before
 * @param answered the guest's port that has answered since the start; null when none has
 * @param ending why its pod was told to end; null when it was not
 */
@JsonInclude(JsonInclude.Include.NON_NULL)
public record SynthesisFacts(
    @Nullable String object,
    @Nullable String baseDigest,
    @Nullable Way way,
    @Nullable Timings timings,
    long begun,
    @Nullable Integer answered,
    @Nullable Failure ending) {
  /** Nothing yet. */
  public static final SynthesisFacts NONE =
      new SynthesisFacts(null, null, null, null, 0, null, null);

  SynthesisFacts of(Owner owner) {
    String name = owner.namespace() + "/" + owner.name();
    return new SynthesisFacts(name, baseDigest, way, timings, begun, answered, ending);
  }

  SynthesisFacts on(String base) {
    return new SynthesisFacts(object, base, way, timings, begun, answered, ending);
  }

  SynthesisFacts started(Way how, Timings times, long when) {
    return new SynthesisFacts(object, baseDigest, how, times, when, null, null);
  }

  /** Its pod has been told to end. */
  SynthesisFacts endsWith(VmPod pod) {
    String reason = Objects.requireNonNullElse(pod.reason(), "PodEnding");
    String message = Objects.requireNonNullElse(pod.message(), "has been told to end");
    Failure why = new Failure(reason, "pod " + pod.name() + " " + message);
    return new SynthesisFacts(object, baseDigest, way, timings, begun, answered, why);
  }

  /** A port has answered, so long after the beginning. */
  SynthesisFacts answers(int port, long millis) {
    Timings times = timings;
    if (times != null && times.readyMillis() == null) {
      times = StartTimes.until(times, millis);
    }
    return new SynthesisFacts(object, baseDigest, way, times, begun, port, ending);
  }
}
