@NullMarked
package io.cloudlet.sidecar.overlay;

import org.jspecify.annotations.NullMarked;
