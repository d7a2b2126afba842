package io.cloudlet.api.v1alpha1;

import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Lists and maps as they arrive from JSON, where what is missing is null whatever the type says.
 */
final class Copies {
  private Copies() {}

  static <T> List<T> of(@Nullable List<T> list) {
    return list == null ? List.of() : List.copyOf(list);
  }

  static <K, V> Map<K, V> of(@Nullable Map<K, V> map) {
    return map == null ? Map.of() : Map.copyOf(map);
  }
}
