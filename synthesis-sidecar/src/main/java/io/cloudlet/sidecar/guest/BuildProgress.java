package io.cloudlet.sidecar.guest;

/** Hears what a build is doing. Called on the thread that builds. */
@FunctionalInterface
public interface BuildProgress {
  /** A step begins; the text is a short phrase for a person, without a full stop. */
  void step(String what);

  /** Ignores everything. */
  static BuildProgress silent() {
    return what -> {};
  }
}
