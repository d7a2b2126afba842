/** Speaking with QEMU: QMP, the migration stream, and starting one on this machine. */
@NullMarked
package io.cloudlet.sidecar.qemu;

import org.jspecify.annotations.NullMarked;
