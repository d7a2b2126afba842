@NullMarked
package io.cloudlet.sidecar.synthesis;

import org.jspecify.annotations.NullMarked;
