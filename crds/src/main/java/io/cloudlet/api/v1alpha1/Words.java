package io.cloudlet.api.v1alpha1;

import java.util.Locale;

/** How the API writes the names of phases. */
final class Words {
  private Words() {}

  /** {@code READY} as {@code Ready}. */
  static String of(Enum<?> phase) {
    return phase.name().charAt(0) + phase.name().substring(1).toLowerCase(Locale.ROOT);
  }
}
