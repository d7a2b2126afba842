package io.cloudlet.sidecar.qemu;

import java.util.Comparator;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * A version of QEMU.
 *
 * @param major such as 7
 * @param minor such as 2
 * @param micro such as 22
 */
public record QemuVersion(int major, int minor, int micro) implements Comparable<QemuVersion> {
  private static final Pattern TEXT =
      Pattern.compile("version (\\d{1,4})\\.(\\d{1,4})(?:\\.(\\d{1,4}))?");
  private static final Comparator<QemuVersion> ORDER =
      Comparator.comparingInt(QemuVersion::major)
          .thenComparingInt(QemuVersion::minor)
          .thenComparingInt(QemuVersion::micro);

  /** Finds the version in what {@code qemu-system-x86_64 -version} prints. */
  public static Optional<QemuVersion> find(String text) {
    Matcher matcher = TEXT.matcher(text);
    if (!matcher.find()) {
      return Optional.empty();
    }
    String micro = matcher.group(3);
    return Optional.of(
        new QemuVersion(
            Integer.parseInt(matcher.group(1)),
            Integer.parseInt(matcher.group(2)),
            micro == null ? 0 : Integer.parseInt(micro)));
  }

  /** Whether this is {@code major.minor} or newer. */
  public boolean atLeast(int otherMajor, int otherMinor) {
    return compareTo(new QemuVersion(otherMajor, otherMinor, 0)) >= 0;
  }

  /** The newest versioned q35 machine type, such as {@code pc-q35-7.2}. */
  public String machineType() {
    return "pc-q35-" + major + "." + minor;
  }

  @Override
  public int compareTo(QemuVersion other) {
    return ORDER.compare(this, other);
  }

  @Override
  public String toString() {
    return major + "." + minor + "." + micro;
  }
}
