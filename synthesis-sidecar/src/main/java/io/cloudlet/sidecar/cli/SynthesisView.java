package io.cloudlet.sidecar.cli;

import io.cloudlet.sidecar.node.SynthesisResult;
import io.cloudlet.sidecar.synthesis.SynthesisTimes;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/**
 * A synthesis as JSON has it.
 *
 * @param way {@code mapped}, {@code composed}, {@code delta}, or {@code boot}
 * @param totalMillis from the beginning until the VM ran
 * @param times of the stages; null when it boots
 */
record SynthesisView(VmView vm, String way, long totalMillis, @Nullable SynthesisTimes times) {
  static SynthesisView of(SynthesisResult made) {
    return new SynthesisView(
        VmView.of(made.vm()), way(made), made.total().toMillis(), made.times());
  }

  private static String way(SynthesisResult made) {
    return made.way() == null ? "boot" : made.way().name().toLowerCase(Locale.ROOT);
  }

  static String text(SynthesisResult made) {
    String how = made.way() == null ? "boots" : "resumed";
    return VmText.runs(made.vm())
        + "\n"
        + how
        + " in "
        + Amount.time(made.total())
        + (made.way() == null ? "" : " (" + way(made) + ")");
  }
}
