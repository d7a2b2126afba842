package io.cloudlet.sidecar.node;

import io.cloudlet.sidecar.machine.Port;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A VM to be made of an overlay.
 *
 * @param name what to call it
 * @param ports what to forward; null for what the overlay says
 * @param diskOnly whether to boot from the disk alone, even when there is memory to resume
 */
public record SynthesisRequest(VmName name, @Nullable List<Port> ports, boolean diskOnly) {}
