package io.cloudlet.sidecar.node;

import io.cloudlet.sidecar.base.BaseName;
import io.cloudlet.sidecar.machine.Machine;
import java.nio.file.Path;
import java.time.Duration;
import org.jspecify.annotations.Nullable;

/**
 * A base VM to be made.
 *
 * @param name what it shall be called
 * @param disk a bootable disk image, raw or qcow2; it is copied
 * @param machine the hardware to boot it in
 * @param kernel for a machine with a direct kernel; null otherwise
 * @param initrd for a machine with an initial RAM disk; null otherwise
 * @param ready when the guest has come far enough
 * @param patience how long that may take
 * @param squeeze whether to take the guest's unused memory before the capture
 */
public record BaseRequest(
    BaseName name,
    Path disk,
    Machine machine,
    @Nullable Path kernel,
    @Nullable Path initrd,
    ReadyWhen ready,
    Duration patience,
    boolean squeeze) {}
