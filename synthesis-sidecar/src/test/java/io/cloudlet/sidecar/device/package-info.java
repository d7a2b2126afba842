@NullMarked
package io.cloudlet.sidecar.device;

import org.jspecify.annotations.NullMarked;
