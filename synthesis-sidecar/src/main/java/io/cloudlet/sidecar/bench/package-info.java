/** Measures capture and synthesis on a real VM beside QEMU's own means and general tools. */
@NullMarked
package io.cloudlet.sidecar.bench;

import org.jspecify.annotations.NullMarked;
