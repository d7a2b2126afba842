package io.cloudlet.operator.cluster;

import io.cloudlet.api.v1alpha1.ObjectRef;
import io.fabric8.kubernetes.api.model.HasMetadata;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** Keys of indexes. */
public final class Keys {
  /** The only key of an index that says yes or no. */
  public static final String YES = "yes";

  private Keys() {}

  /** The key of something in a namespace; no part of it can have a slash. */
  public static String local(@Nullable String namespace, String what) {
    return namespace + "/" + what;
  }

  /** The key of what an object refers to in its own namespace, if it does. */
  static List<String> local(HasMetadata from, @Nullable ObjectRef ref) {
    return ref == null ? List.of() : List.of(local(from.getMetadata().getNamespace(), ref.name()));
  }

  static List<String> of(Optional<String> key) {
    return key.stream().toList();
  }

  /** Those of some keys that there are. */
  static List<String> of(@Nullable String one, @Nullable String other) {
    return Stream.of(Optional.ofNullable(one), Optional.ofNullable(other))
        .flatMap(Optional::stream)
        .distinct()
        .toList();
  }

  static List<String> when(boolean yes) {
    return yes ? List.of(YES) : List.of();
  }
}
