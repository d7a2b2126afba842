package io.cloudlet.sidecar.cli;

import picocli.CommandLine.Command;

/** Commands that only hold other commands. */
final class Group {
  private Group() {}

  /** {@code base …}. */
  @Command(name = "base", description = "Base VMs: booted systems that overlays build upon.")
  static final class Base {}

  /** {@code vm …}. */
  @Command(name = "vm", description = "VMs on this machine.")
  static final class Vm {}

  /** {@code overlay …}. */
  @Command(name = "overlay", description = "Overlays: what a VM has become since its base VM.")
  static final class Overlay {}

  /** {@code completion …}. */
  @Command(name = "completion", description = "Completion for shells.")
  static final class Completion {}
}
