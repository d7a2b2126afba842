package io.cloudlet.sidecar.delta;

import java.nio.file.Path;
import org.jspecify.annotations.Nullable;

/**
 * The files of one state of a VM that nobody manages.
 *
 * @param disk raw or qcow2; null when disks do not matter
 * @param memory a flat image of the main block of memory, or a migration stream as QEMU writes it
 *     with {@code migrate "exec:cat > FILE"}; null when memory does not matter
 */
public record StateFiles(@Nullable Path disk, @Nullable Path memory) {}
