@NullMarked
package io.cloudlet.sidecar.image;

import org.jspecify.annotations.NullMarked;
