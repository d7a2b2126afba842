package io.cloudlet.operator.cluster;

import io.fabric8.kubernetes.api.model.HasMetadata;
import java.util.Objects;
import java.util.function.Function;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * What has become of an object.
 *
 * @param before absent when it is new
 * @param after absent when it is gone
 */
public record Change<T extends HasMetadata>(@Nullable T before, @Nullable T after) {
  /** The object as it was and as it is, as far as there is one. */
  public Stream<T> states() {
    return Stream.of(before, after).filter(Objects::nonNull).map(Objects::requireNonNull);
  }

  /** Whether it appeared, vanished, or differs in what a function says of it. */
  public boolean differsIn(Function<T, ? extends @Nullable Object> aspect) {
    T old = before;
    T now = after;
    return old == null || now == null || !Objects.equals(aspect.apply(old), aspect.apply(now));
  }
}
