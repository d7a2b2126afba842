package io.cloudlet.standalone.e2e;

import io.fabric8.kubernetes.api.model.HasMetadata;
import java.util.List;
import java.util.function.Supplier;

/**
 * What cannot be, and what is said of it.
 *
 * @param what in words, for reports
 * @param spec YAML, written when everything that it names is there
 * @param reason of the condition Ready
 * @param words in its message
 */
record Wish(
    String what,
    Class<? extends HasMetadata> kind,
    Supplier<String> spec,
    Hope hope,
    String reason,
    List<String> words) {
  /** What becomes of a wish that cannot be fulfilled. */
  enum Hope {
    /** It is fulfilled as soon as what is missing is there. */
    WAITS,
    /** It is tried again and again, after longer and longer pauses. */
    RETRIES,
    /** Only another object can help. */
    NONE
  }

  Wish(
      String what,
      Class<? extends HasMetadata> kind,
      Supplier<String> spec,
      Hope hope,
      String reason,
      String... words) {
    this(what, kind, spec, hope, reason, List.of(words));
  }

  @Override
  public String toString() {
    return what;
  }
}
