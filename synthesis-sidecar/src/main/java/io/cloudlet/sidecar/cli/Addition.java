package io.cloudlet.sidecar.cli;

import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * A command that another module adds.
 *
 * @param group the command that it comes under; null for the program itself, where it takes the
 *     place of a command of the same name
 * @param maker makes it: a class with picocli's annotations that is called for its exit code
 */
public record Addition(@Nullable String group, Function<CommandContext, Object> maker) {
  /** A command of the program. */
  public static Addition command(Function<CommandContext, Object> maker) {
    return new Addition(null, maker);
  }

  /** A command under another one. */
  public static Addition under(String group, Function<CommandContext, Object> maker) {
    return new Addition(group, maker);
  }
}
