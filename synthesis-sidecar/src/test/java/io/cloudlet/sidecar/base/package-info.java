@NullMarked
package io.cloudlet.sidecar.base;

import org.jspecify.annotations.NullMarked;
