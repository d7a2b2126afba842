package io.cloudlet.sidecar.node;

import io.cloudlet.sidecar.machine.Port;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A VM to be started from an overlay, or from a base VM alone.
 *
 * @param name what to call it
 * @param ports what to forward; null for what the overlay or the base VM says
 * @param diskOnly whether to boot from the disk alone, even when there is memory to resume
 * @param owner for whom it is made, in words of whoever asks; null when nobody is to know
 */
public record SynthesisRequest(
    VmName name, @Nullable List<Port> ports, boolean diskOnly, @Nullable String owner) {
  /** A VM that nobody else knows of. */
  public SynthesisRequest(VmName name, @Nullable List<Port> ports, boolean diskOnly) {
    this(name, ports, diskOnly, null);
  }
}
