@NullMarked
package io.cloudlet.sidecar.pod;

import org.jspecify.annotations.NullMarked;
