package io.cloudlet.sidecar.cli;

import io.cloudlet.sidecar.base.BaseName;
import io.cloudlet.sidecar.machine.Accelerator;
import io.cloudlet.sidecar.machine.Port;
import io.cloudlet.sidecar.node.VmName;
import io.cloudlet.sidecar.overlay.Effort;
import java.net.InetAddress;
import java.net.UnknownHostException;
import java.time.Duration;
import java.util.function.Function;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.regex.PatternSyntaxException;
import picocli.CommandLine;
import picocli.CommandLine.TypeConversionException;

/** How words of the command line become values. */
final class Converters {
  private static final Pattern TIME = Pattern.compile("(\\d{1,9})\\s*(ms|s|m|min|h)?");

  private Converters() {}

  /** Teaches a tree of commands all of them. */
  static void register(CommandLine tree) {
    add(tree, Size.class, Size::parse);
    add(tree, Duration.class, Converters::duration);
    add(tree, InetAddress.class, Converters::address);
    add(tree, Port.class, Port::parse);
    add(tree, Accelerator.class, Accelerator::parse);
    add(tree, BaseName.class, BaseName::new);
    add(tree, VmName.class, VmName::new);
    add(tree, Effort.class, Effort::parse);
    add(tree, Pattern.class, Converters::pattern);
  }

  private static <T> void add(CommandLine tree, Class<T> type, Function<String, T> converter) {
    tree.registerConverter(
        type,
        text -> {
          try {
            return converter.apply(text);
          } catch (IllegalArgumentException | ArithmeticException e) {
            throw new TypeConversionException(String.valueOf(e.getMessage()));
          }
        });
  }

  private static InetAddress address(String text) {
    try {
      return InetAddress.getByName(text);
    } catch (UnknownHostException e) {
      throw new IllegalArgumentException("an IP address, or a name that has one: " + text, e);
    }
  }

  private static Duration duration(String text) {
    Matcher matcher = TIME.matcher(text.strip());
    if (!matcher.matches()) {
      throw new IllegalArgumentException("a time is a number with ms, s, m or h: " + text);
    }
    long number = Long.parseLong(matcher.group(1));
    return switch (matcher.group(2) == null ? "s" : matcher.group(2)) {
      case "ms" -> Duration.ofMillis(number);
      case "m", "min" -> Duration.ofMinutes(number);
      case "h" -> Duration.ofHours(number);
      default -> Duration.ofSeconds(number);
    };
  }

  private static Pattern pattern(String text) {
    try {
      return Pattern.compile(text);
    } catch (PatternSyntaxException e) {
      throw new IllegalArgumentException(
          "no regular expression: " + e.getDescription() + " at character " + e.getIndex(), e);
    }
  }
}
