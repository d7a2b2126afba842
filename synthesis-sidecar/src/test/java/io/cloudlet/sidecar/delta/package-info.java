@NullMarked
package io.cloudlet.sidecar.delta;

import org.jspecify.annotations.NullMarked;
