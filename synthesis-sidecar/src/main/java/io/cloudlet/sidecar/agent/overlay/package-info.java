/** Captures the VM of a VMOverlay, or looks at an overlay made elsewhere. */
@NullMarked
package io.cloudlet.sidecar.agent.overlay;

import org.jspecify.annotations.NullMarked;
