@NullMarked
package io.cloudlet.sidecar.codec;

import org.jspecify.annotations.NullMarked;
