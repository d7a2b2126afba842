/** A VM whose QEMU runs in a pod of its own, which others make and end. */
@NullMarked
package io.cloudlet.sidecar.pod;

import org.jspecify.annotations.NullMarked;
