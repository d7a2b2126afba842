package io.cloudlet.api.words;

/**
 * What the VM of a Synthesis is called: on its node, and as a pod. Operator and agent compute it
 * alike, so neither has to wait for the other to tell.
 */
public final class VmNames {
  private static final int UID_DIGITS = 8;

  /** Characters of a host's name. */
  private static final int LONGEST = 63;

  private VmNames() {}

  /**
   * The Synthesis' own name for people, and enough of its uid to be the only one.
   *
   * @param name of the Synthesis
   * @param uid of the Synthesis
   */
  public static String of(String name, String uid) {
    String digits = uid.replace("-", "");
    String suffix = "-" + digits.substring(0, Math.min(digits.length(), UID_DIGITS));
    String prefix = name.substring(0, Math.min(name.length(), LONGEST - suffix.length()));
    return prefix + suffix;
  }
}
